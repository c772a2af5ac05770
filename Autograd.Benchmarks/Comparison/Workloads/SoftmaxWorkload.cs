namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>The softmax over one dimension.</summary>
internal sealed class SoftmaxWorkload : DifferentiatedWorkload
{
    private readonly int[] shape;
    private readonly int dim;
    private Tensor x = null!;

    public SoftmaxWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        shape = parameters.Shape("shape");
        dim = parameters.Dim("dim", shape.Length, otherwise: -1);
        parameters.PeerVariant();
    }

    // Value: maximum, difference, exponential, sum, quotient; gradient: y (g − Σ g y).
    public override Cost Cost => Inputs.Count(shape) is var n && Backward
        ? new((Cost.Transcendental + 8) * n, Bytes(4.0 * n))
        : new((Cost.Transcendental + 4) * n, Bytes(2.0 * n));

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        x = Leaf(shape, phase: 1, scale: 4);
        return [("x", x)];
    }

    protected override Tensor Formula() => x.Softmax(dim);
}
