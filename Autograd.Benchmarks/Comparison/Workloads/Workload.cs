namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A computation that both sides know how to do. Its constructor only reads the description, so that a whole list can be validated before anything runs.</summary>
/// <param name="parameters">The description.</param>
internal abstract class Workload(WorkloadParameters parameters)
{
    /// <summary>The element type of its inputs.</summary>
    public DType DType { get; } = parameters.DType();

    /// <summary>What one step takes at least.</summary>
    public abstract Cost Cost { get; }

    /// <summary>Makes the inputs, which depend on the description alone, and the state of the first step.</summary>
    public abstract void Setup();

    /// <summary>Goes back to the state of the first step. Called before each round, so that no round sees what an earlier one trained.</summary>
    public virtual void Reset()
    {
    }

    /// <summary>What is timed.</summary>
    public abstract void Step();

    /// <summary>What the steps since <see cref="Reset"/> came to, under names that the peer uses, too.</summary>
    public abstract IEnumerable<(string Name, Tensor Value)> Results();

    /// <summary>Bytes of <paramref name="count"/> elements.</summary>
    protected double Bytes(double count) => count * DType.ByteSize;

    /// <summary>Makes sure that the values are there, should they be computed only when needed.</summary>
    protected static void Force(Tensor? tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.Evaluate();
    }
}
