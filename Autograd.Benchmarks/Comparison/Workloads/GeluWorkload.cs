namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>The GELU of a tensor, exact (by the error function) or by its tanh approximation.</summary>
internal sealed class GeluWorkload : DifferentiatedWorkload
{
    private readonly int[] shape;
    private readonly bool approximate;
    private Tensor x = null!;

    public GeluWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        shape = parameters.Shape("shape");
        approximate = parameters.Choice("approximate", ["none", "tanh"], "none") == "tanh";
        parameters.PeerVariant();
    }

    // Value: one function and 5 (by tanh: 8) operations; gradient: the density's exponential, or tanh′, and about 10 operations.
    public override Cost Cost => Inputs.Count(shape) is var n && Backward
        ? new((Cost.Transcendental * (approximate ? 1 : 2) + 18.0) * n, Bytes(4.0 * n))
        : new((Cost.Transcendental + (approximate ? 8.0 : 5)) * n, Bytes(2.0 * n));

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        x = Leaf(shape, phase: 1, scale: 3);
        return [("x", x)];
    }

    protected override Tensor Formula() => approximate ? x.GeluTanh() : x.Gelu();
}
