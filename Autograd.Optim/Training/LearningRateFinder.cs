using Autograd.NN;

namespace Autograd.Optim;

/// <summary>The loss as the learning rate grows from step to step (Smith 2017): a good rate lies where it falls fastest, some way before it rises.</summary>
public sealed class LearningRateFinder
{
    private LearningRateFinder(double[] rates, double[] losses) => (Rates, Losses) = (rates, losses);

    /// <summary>The rates that were tried.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>The losses, smoothed, as many.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The rate where the loss falls fastest against the rate's logarithm, measured over a tenth of the curve to each side, so that the noise of single batches does not count.</summary>
    public double Suggestion
    {
        get
        {
            var reach = Math.Max(1, Losses.Count / 10);
            return Rates[Enumerable.Range(reach, Math.Max(1, Losses.Count - (2 * reach))).MinBy(i => i + reach < Losses.Count ? Losses[i + reach] - Losses[i - reach] : 0)];
        }
    }

    /// <summary>Tries rates, one a batch, each a constant factor above the one before, until the loss is four times the least or the last rate is reached. Model and optimizer are as before in the end.</summary>
    /// <typeparam name="TInput">What the model takes.</typeparam>
    /// <typeparam name="TOutput">What the model gives.</typeparam>
    /// <typeparam name="TTarget">What it should give.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="data">Batches, gone through as often as needed.</param>
    /// <param name="loss">(output, target) ↦ one number.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="from">The first rate, above 0.</param>
    /// <param name="to">The last rate, above the first.</param>
    /// <param name="steps">How many rates; 2 or more.</param>
    /// <param name="smoothing">The memory of the losses' running mean; 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static LearningRateFinder Run<TInput, TOutput, TTarget>(
        Module<TInput, TOutput> model, DataLoader<(TInput, TTarget)> data, Func<TOutput, TTarget, Tensor> loss, Optimizer optimizer, double from = 1e-6, double to = 10, int steps = 100, double smoothing = 0.9)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(smoothing, 1);
        var (state, optimizerState, wasTraining) = (model.StateDictionary(), optimizer.StateDictionary(), model.IsTraining);
        model.Train();
        var (rates, losses, mean) = (new List<double>(), new List<double>(), 0.0);
        try
        {
            foreach (var (input, target) in Batches(data).Take(steps))
            {
                optimizer.LearningRate = from * Math.Pow(to / from, (double)rates.Count / (steps - 1));
                var value = optimizer.Step(() => loss(model.Forward(input), target)).Item();
                mean = (smoothing * mean) + ((1 - smoothing) * value);
                rates.Add(optimizer.LearningRate);
                losses.Add(mean / (1 - Math.Pow(smoothing, rates.Count)));
                if (!double.IsFinite(value) || losses[^1] > 4 * losses.Min())
                {
                    break;
                }
            }
        }
        finally
        {
            model.LoadState(state);
            optimizer.LoadState(optimizerState);
            model.Train(wasTraining);
        }

        return new([.. rates], [.. losses]);
    }

    /// <summary>The curve, over the logarithm of the rate.</summary>
    public LineChart ToChart() => new LineChart("Loss by learning rate") { XLabel = "log₁₀ of the learning rate", YLabel = "loss" }.Add("loss", Rates.Select(Math.Log10), Losses);

    private static IEnumerable<T> Batches<T>(DataLoader<T> data)
    {
        for (var epoch = 0; ; epoch++)
        {
            foreach (var batch in data.Epoch(epoch))
            {
                yield return batch;
            }
        }
    }
}
