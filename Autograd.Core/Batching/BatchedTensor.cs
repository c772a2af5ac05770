namespace Autograd.Batching;

/// <summary>One tensor for each example of a batch, seen as the tensor of one of them: its shape is an example's. Operations on it apply to all examples at once (<see cref="Operation.Batch"/>).</summary>
internal sealed class BatchedTensor : Tensor
{
    /// <summary>The examples of <paramref name="values"/>, along its first dimension.</summary>
    public BatchedTensor(Tensor values, BatchLevel level)
        : base(Pending.Unreadable, Shape.Create(values.Shape.AsSpan()[1..]), values.DType)
    {
        Values = values;
        Level = level;
        Node = values.Node;
    }

    /// <summary>All examples: [batch, …].</summary>
    public Tensor Values { get; }

    /// <summary>Which batch the examples are of, where one is mapped inside another.</summary>
    public BatchLevel Level { get; }
}
