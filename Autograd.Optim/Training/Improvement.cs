using Autograd.NN;

namespace Autograd.Optim.Training;

/// <summary>Whether a number is still improving, and the model as it was at its best.</summary>
internal sealed class Improvement(EarlyStopping options)
{
    private double best = options.Maximize ? double.NegativeInfinity : double.PositiveInfinity;
    private int bad;

    /// <summary>The state of the model in the best epoch.</summary>
    public OrderedDictionary<string, Tensor>? Best { get; private set; }

    /// <summary>Takes the number of an epoch; false if there has been no new best for too long.</summary>
    public bool Take(double value, Module model)
    {
        var isBetter = options.Maximize ? value > best + options.MinDelta : value < best - options.MinDelta;
        if (isBetter)
        {
            (best, bad) = (value, 0);
            Best = options.RestoreBest ? model.StateDictionary() : null;
            return true;
        }

        return ++bad <= options.Patience;
    }

    /// <summary>The best number and the bad epochs since.</summary>
    public double[] State => [best, bad];

    public void Restore(double[] state, OrderedDictionary<string, Tensor>? model)
    {
        (best, bad) = (state[0], (int)state[1]);
        Best = model;
    }
}
