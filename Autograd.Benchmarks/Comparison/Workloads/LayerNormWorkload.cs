namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>Layer norm over the last dimension: (x − mean)/√(variance + ε)·w + b. (Ba et al. 2016.)</summary>
internal sealed class LayerNormWorkload : DifferentiatedWorkload
{
    private const double Epsilon = 1e-5;

    private readonly int[] shape;
    private Tensor x = null!;
    private Tensor weight = null!;
    private Tensor bias = null!;

    public LayerNormWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        shape = parameters.Shape("shape");
        parameters.PeerVariant();
    }

    // Value: mean 1, variance 3, normalization 4; gradient: two row sums and two column sums with their products, and 6 more.
    public override Cost Cost => Inputs.Count(shape) is var n && Backward ? new(22.0 * n, Bytes(4.0 * n)) : new(8.0 * n, Bytes(2.0 * n));

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        x = Leaf(shape, phase: 1);
        weight = Leaf([shape[^1]], phase: 2, scale: 0.5, offset: 1);
        bias = Leaf([shape[^1]], phase: 3);
        return [("x", x), ("w", weight), ("b", bias)];
    }

    protected override Tensor Formula() => x.LayerNorm([shape[^1]], weight, bias, Epsilon);
}
