namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>Rows of a table by their numbers.</summary>
internal sealed class EmbeddingWorkload : DifferentiatedWorkload
{
    private readonly int vocabulary;
    private readonly int width;
    private readonly int count;
    private Tensor table = null!;
    private Tensor numbers = null!;

    public EmbeddingWorkload(WorkloadParameters parameters)
        : base(parameters)
        => (vocabulary, width, count) = (parameters.Size("vocabulary"), parameters.Size("width"), parameters.Size("count"));

    // The gradient is a whole table, and a sum for each number.
    public override Cost Cost => new((double)count * width, Bytes((2.0 * count * width) + (Backward ? ((double)vocabulary * width) + (2.0 * count * width) : 0)));

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        table = Leaf([vocabulary, width], phase: 1);
        numbers = Inputs.Classes(count, vocabulary, phase: 2);
        return [("w", table)];
    }

    protected override Tensor Formula() => Tensor.Embedding(numbers, table);
}
