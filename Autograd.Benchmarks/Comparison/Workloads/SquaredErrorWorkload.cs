namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>The mean of (x − y)²: a reduction at the end of an elementwise chain.</summary>
internal sealed class SquaredErrorWorkload : DifferentiatedWorkload
{
    private readonly int[] shape;
    private Tensor x = null!;
    private Tensor y = null!;

    public SquaredErrorWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        shape = parameters.Shape("shape");
        parameters.PeerVariant();
    }

    public override Cost Cost => Inputs.Count(shape) is var n && Backward ? new(5.0 * n, Bytes(3.0 * n)) : new(3.0 * n, Bytes(2.0 * n));

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        (x, y) = (Leaf(shape, phase: 1), Inputs.Numbers(shape, DType, phase: 2));
        return [("x", x)];
    }

    protected override Tensor Formula() => (x - y).Square().Mean();
}
