namespace Autograd.Batching;

/// <summary>One batch that a function is being applied to as if it were one example, in the current flow until it is disposed.</summary>
internal sealed class BatchLevel : IDisposable
{
    private static readonly AsyncLocal<BatchLevel?> Current = new();
    private static int open;

    private readonly BatchLevel? outer;
    private readonly int depth;
    private int closed;

    /// <param name="count">The number of examples.</param>
    public BatchLevel(int count)
    {
        Count = count;
        outer = Innermost;
        depth = (outer?.depth ?? 0) + 1;
        Interlocked.Increment(ref open);
        Current.Value = this;
    }

    /// <summary>Whether there is any batch in any flow: otherwise, operations need not look for examples among their inputs.</summary>
    public static bool Any => Volatile.Read(ref open) != 0;

    /// <summary>The number of examples.</summary>
    public int Count { get; }

    private static BatchLevel? Innermost
    {
        get
        {
            var level = Any ? Current.Value : null;
            while (level is { closed: not 0 })
            {
                level = level.outer;
            }

            return level;
        }
    }

    /// <summary>The result of an operation one of whose inputs is of a batch; null if none is.</summary>
    public static Tensor? TryApply(Operation operation)
    {
        BatchLevel? innermost = null;
        for (var i = 0; i < operation.InputCount; i++)
        {
            if (operation.Input(i).Value is BatchedTensor batch && batch.Level.depth > (innermost?.depth ?? 0))
            {
                innermost = batch.Level;
            }
        }

        return innermost?.Apply(operation);
    }

    /// <summary>The same values for every example of every batch of this flow: a tensor that each example can have a gradient of its own for.</summary>
    public static Tensor Spread(Tensor x) => Innermost is { } level ? level.SpreadHere(x) : x;

    /// <summary>Examples along the first dimension, as the tensor of one of them.</summary>
    public Tensor Wrap(Tensor values)
        => values is BatchedTensor inner && inner.Level.depth > depth
            ? new BatchedTensor(Wrap(inner.Values.Transpose(0, 1)), inner.Level)
            : new BatchedTensor(values, this);

    /// <summary>All examples, along the first dimension; copies of what is the same for all of them.</summary>
    public Tensor Unwrap(Tensor x)
    {
        var value = x.Captured;
        return value is BatchedTensor batch && batch.Level.depth >= depth
            ? batch.Level == this ? batch.Values : new BatchedTensor(Unwrap(batch.Values).Transpose(0, 1), batch.Level)
            : value.Expand([Count, .. value.Shape]);
    }

    /// <summary>Whether a tensor has another value for each example of this batch.</summary>
    public bool Has(Tensor x)
    {
        for (var batch = x.Current as BatchedTensor; batch is not null; batch = batch.Values as BatchedTensor)
        {
            if (batch.Level == this)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref closed, 1) == 0)
        {
            Interlocked.Decrement(ref open);
            if (Current.Value == this)
            {
                Current.Value = outer;
            }
        }
    }

    private Tensor SpreadHere(Tensor x)
    {
        var value = outer?.SpreadHere(x) ?? x.Captured;
        return Has(value) ? value : Wrap(Unwrap(value));
    }

    private BatchedTensor Apply(Operation operation)
    {
        var y = operation.Batch(new BatchInputs(this, operation));
        for (var i = 0; i < operation.InputCount; i++)
        {
            operation.Input(i).Drop();
        }

        return y.Shape.AsSpan()[1..].SequenceEqual(operation.Shape) && y.Shape[0] == Count
            ? new(y, this)
            : throw new InvalidOperationException($"The batching rule of {operation.Name} returned shape {y.Shape} for {Count} examples of shape {operation.Shape}.");
    }
}
