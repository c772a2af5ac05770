namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A formula of some leaves: its value, or with <c>"backward": true</c> also the gradients of the leaves, for a given gradient of the value.</summary>
internal abstract class DifferentiatedWorkload : Workload
{
    private (string Name, Tensor Value)[] leaves = [];
    private Tensor? seed;
    private Tensor? value;

    protected DifferentiatedWorkload(WorkloadParameters parameters)
        : base(parameters)
        => Backward = parameters.Flag("backward");

    /// <summary>Whether gradients are computed.</summary>
    protected bool Backward { get; private protected init; }

    /// <summary>Whether gradients alone are timed, of a value that was computed before.</summary>
    protected bool GradientOnly { get; private protected init; }

    public sealed override void Setup()
    {
        leaves = [.. MakeLeaves()];
        value = Formula();
        seed = Backward && value.ElementCount > 1 ? Inputs.Numbers(value.Shape, DType, phase: 99) : null;
    }

    public sealed override void Step()
    {
        foreach (var (_, leaf) in leaves)
        {
            leaf.ZeroGrad();
        }

        value = GradientOnly ? value! : Formula();
        if (Backward)
        {
            value.Backward(seed, retainGraph: GradientOnly);
            foreach (var (_, leaf) in leaves)
            {
                Force(leaf.Grad);
            }
        }

        Force(value);
    }

    public sealed override IEnumerable<(string Name, Tensor Value)> Results()
    {
        yield return ("value", value!.Detach());
        if (Backward)
        {
            foreach (var (name, leaf) in leaves)
            {
                yield return ($"gradient of {name}", leaf.Grad!);
            }
        }
    }

    /// <summary>Makes the inputs; returns those that gradients are wanted of.</summary>
    protected abstract IEnumerable<(string Name, Tensor Value)> MakeLeaves();

    /// <summary>The value.</summary>
    protected abstract Tensor Formula();

    /// <summary>An input that receives a gradient if there is a backward pass.</summary>
    protected Tensor Leaf(ReadOnlySpan<int> shape, int phase, double scale = 1, double offset = 0)
    {
        var numbers = Inputs.Numbers(shape, DType, phase, scale, offset);
        return Backward ? numbers.AsLeaf() : numbers;
    }
}
