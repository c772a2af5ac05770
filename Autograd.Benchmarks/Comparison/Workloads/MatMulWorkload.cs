namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A matrix product, of batches or vectors too; factors may be stored transposed.</summary>
internal sealed class MatMulWorkload : DifferentiatedWorkload
{
    private readonly int[] left;
    private readonly int[] right;
    private readonly string transposed;
    private Tensor a = null!;
    private Tensor b = null!;

    public MatMulWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        left = parameters.Shape("left");
        right = parameters.Shape("right");
        transposed = parameters.Choice("transposed", ["none", "left", "right", "both"], "none");
        parameters.Require(left[^1] == right[right.Length > 1 ? ^2 : ^1], "the last size of \"left\" is the last but one of \"right\", or the only one");
        parameters.Require(transposed is "none" || (left.Length > 1 && right.Length > 1), "vectors cannot be transposed");
        parameters.Require(right.Length <= 2 || left.AsSpan()[..^2].SequenceEqual(right.AsSpan()[..^2]), "\"right\" is one matrix, or has the batch of \"left\"");
    }

    public override Cost Cost
    {
        get
        {
            double columns = right.Length > 1 ? right[^1] : 1;
            double results = Inputs.Count(left) / left[^1] * columns;
            var touched = Inputs.Count(left) + Inputs.Count(right) + results;
            return Backward ? new(6 * results * left[^1], Bytes(2 * touched)) : new(2 * results * left[^1], Bytes(touched));
        }
    }

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        (a, b) = (Leaf(Stored(left, "left"), phase: 1), Leaf(Stored(right, "right"), phase: 2));
        return [("a", a), ("b", b)];
    }

    protected override Tensor Formula() => (IsTransposed("left") ? a.T : a).MatMul(IsTransposed("right") ? b.T : b);

    private bool IsTransposed(string side) => transposed == side || transposed == "both";

    private int[] Stored(int[] shape, string side) => IsTransposed(side) ? [.. shape[..^2], shape[^1], shape[^2]] : shape;
}
