namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A reduction over one dimension or all.</summary>
internal sealed class ReductionWorkload : DifferentiatedWorkload
{
    private static readonly Dictionary<string, Func<Tensor, int[], Tensor>> Operations = new(StringComparer.Ordinal)
    {
        ["sum"] = (x, dims) => x.Sum(dims),
        ["mean"] = (x, dims) => x.Mean(dims),
        ["amax"] = (x, dims) => x.Amax(dims),
        ["var"] = (x, dims) => x.Var(dims),
        ["logsumexp"] = (x, dims) => x.LogSumExp(dims),
    };

    private readonly int[] shape;
    private readonly int[] dims;
    private readonly string operation;
    private Tensor x = null!;

    public ReductionWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        shape = parameters.Shape("shape");
        dims = parameters.Has("dim") ? [parameters.Dim("dim", shape.Length)] : [.. Enumerable.Range(0, shape.Length)];
        operation = parameters.Choice("operation", [.. Operations.Keys], "sum");
    }

    public override Cost Cost
    {
        get
        {
            double n = Inputs.Count(shape);
            var kept = n / dims.Aggregate(1.0, (product, dim) => product * shape[dim < 0 ? dim + shape.Length : dim]);
            var flops = operation switch { "var" => 4, "logsumexp" => Cost.Transcendental + 3, _ => 1 };
            return new((Backward ? 2 : 1) * flops * n, Bytes(Backward ? (2 * n) + (2 * kept) : n + kept));
        }
    }

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        x = Leaf(shape, phase: 1);
        return [("x", x)];
    }

    protected override Tensor Formula() => Operations[operation](x, dims);
}
