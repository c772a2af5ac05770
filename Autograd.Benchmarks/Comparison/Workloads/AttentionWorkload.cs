namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>Scaled dot-product attention of as many queries as keys.</summary>
internal sealed class AttentionWorkload : DifferentiatedWorkload
{
    private readonly int[] shape;
    private readonly bool isCausal;
    private Tensor query = null!;
    private Tensor key = null!;
    private Tensor value = null!;

    public AttentionWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        shape = [parameters.Size("batch", 1), parameters.Size("heads"), parameters.Size("length"), parameters.Size("width")];
        isCausal = parameters.Flag("causal");
    }

    // Two products and an exponential for each score forward, seven products in all with the gradients: the scores again, and those of five factors.
    public override Cost Cost
    {
        get
        {
            var scores = (double)shape[0] * shape[1] * shape[2] * (isCausal ? (shape[2] + 1) / 2.0 : shape[2]);
            return Backward
                ? new(scores * ((7 * 2 * shape[3]) + (2 * Cost.Transcendental)), Bytes(8.0 * Inputs.Count(shape)))
                : new(scores * ((2 * 2 * shape[3]) + Cost.Transcendental), Bytes(4.0 * Inputs.Count(shape)));
        }
    }

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        (query, key, value) = (Leaf(shape, phase: 1, scale: 2), Leaf(shape, phase: 2, scale: 2), Leaf(shape, phase: 3));
        return [("q", query), ("k", key), ("v", value)];
    }

    protected override Tensor Formula() => Tensor.ScaledDotProductAttention(query, key, value, isCausal: isCausal);
}
