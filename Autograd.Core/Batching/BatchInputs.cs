namespace Autograd.Batching;

/// <summary>The inputs of an operation that is applied to a batch: some have another value for each example, others are the same for all.</summary>
internal readonly struct BatchInputs
{
    private readonly Operation operation;

    public BatchInputs(BatchLevel level, Operation operation) => (Level, this.operation) = (level, operation);

    /// <summary>The batch.</summary>
    public BatchLevel Level { get; }

    /// <summary>The number of examples.</summary>
    public int Count => Level.Count;

    /// <summary>Input <paramref name="index"/>: with all examples along a new first dimension if it has several, else as it is.</summary>
    public Tensor this[int index] => Of(index) is BatchedTensor batch && batch.Level == Level ? batch.Values : Of(index);

    /// <summary>Whether input <paramref name="index"/> has another value for each example.</summary>
    public bool IsBatched(int index) => Of(index) is BatchedTensor batch && batch.Level == Level;

    /// <summary>Input <paramref name="index"/> with all examples along a new first dimension, also if they are equal.</summary>
    public Tensor Full(int index) => Level.Unwrap(Of(index));

    /// <summary>Input <paramref name="index"/>, if it has several examples with dimensions of size 1 behind the first, so that it broadcasts as one example of it does in a result of <paramref name="rank"/> dimensions.</summary>
    public Tensor Aligned(int index, int rank)
    {
        var x = this[index];
        return IsBatched(index) && x.Rank <= rank
            ? x.Reshape([Count, .. Enumerable.Repeat(1, rank + 1 - x.Rank), .. x.Shape.AsSpan()[1..]])
            : x;
    }

    /// <summary>The shape of a batch of results.</summary>
    public Shape Of(Shape shape) => Shape.Create([Count, .. shape]);

    private Tensor Of(int index) => operation.Input(index).Value!;
}
