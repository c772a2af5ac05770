using System.Globalization;

namespace Autograd.Optim;

public abstract partial class Optimizer
{
    /// <summary>All that the optimizer remembers, as copies: what a checkpoint keeps.</summary>
    /// <returns>Tensors by name.</returns>
    public IReadOnlyDictionary<string, Tensor> StateDictionary()
    {
        var state = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        Save((name, tensor) => state.Add(name, Evaluation.Strided.Copy(tensor.Captured)));
        return state;
    }

    /// <summary>Goes on from where <see cref="StateDictionary"/> was taken. The options, which are the program's, are not part of it; the learning rate and the momentum, which schedules change, are.</summary>
    /// <param name="state">A state of an optimizer of the same kind, of parameters of the same shapes in the same order.</param>
    /// <exception cref="ArgumentException">It is a state of another optimizer.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Load(state, string.Empty);
    }

    /// <summary>Hands on the tensors of the state; they are copied if they are to be kept.</summary>
    private protected virtual void Save(Action<string, Tensor> keep)
    {
        keep("learning_rate", Number(LearningRate));
        if (Momentum is { } momentum)
        {
            keep("momentum", Number(momentum));
        }
    }

    /// <summary>Takes the tensors whose names begin with <paramref name="prefix"/>.</summary>
    private protected virtual void Load(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        LearningRate = Find(state, prefix + "learning_rate").Item();
        if (Momentum is not null)
        {
            Momentum = Find(state, prefix + "momentum").Item();
        }
    }

    private protected static void Save(Optimizer part, Action<string, Tensor> keep) => part.Save(keep);

    private protected static void Load(Optimizer part, IReadOnlyDictionary<string, Tensor> state, string prefix) => part.Load(state, prefix);

    private protected static Tensor Number(double value) => Tensor.From(value, DType.Float64);

    private protected static string Name(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"{index}.{name}");

    /// <summary>A tensor of a state, of the shape that it must have.</summary>
    private protected Tensor Find(IReadOnlyDictionary<string, Tensor> state, string name)
        => state.TryGetValue(name, out var tensor)
            ? tensor
            : throw new ArgumentException($"{GetType().Name}.LoadState: the state has no '{name}'. It is of another kind of optimizer, or of other parameters; it has {string.Join(", ", state.Keys.Take(6))}{(state.Count > 6 ? ", …" : string.Empty)}.", nameof(state));
}
