namespace Autograd.Evaluation;

/// <summary>The reductions of rows that this thread has postponed last. Each keeps its input in memory, which is so much larger than its result: whoever collects a thousand of them
/// expects to hold a thousand small tensors. So they are evaluated once a few others have followed.</summary>
internal static class PendingRows
{
    /// <summary>How many may be pending, whatever their size: as many as the formulas of a normalization need in one pass.</summary>
    private const int Fewest = 4;

    /// <summary>How many may be pending at most.</summary>
    private const int Most = 8;

    /// <summary>Bytes that more than the fewest may keep.</summary>
    private const long MostBytes = 64L << 20;

    [ThreadStatic]
    private static Queue<(WeakReference<Tensor> Result, long Bytes)>? queue;

    [ThreadStatic]
    private static WeakReference<Tensor>? spare;

    /// <summary>Enters a result, and evaluates those that have waited too long.</summary>
    public static void Enter(Tensor result)
    {
        queue ??= new(Most + 1);
        var reference = spare ?? new(result);
        reference.SetTarget(result);
        spare = null;
        queue.Enqueue((reference, (long)result.Pending!.Count * result.DType.ByteSize));
        while (queue.Count > Most || (queue.Count > Fewest && queue.Sum(entry => entry.Bytes) > MostBytes))
        {
            spare = queue.Dequeue().Result;
            if (spare.TryGetTarget(out var oldest) && oldest.Pending is { } pending && (pending.Scope is null || pending.Scope == TemporaryMemory.Current))
            {
                Region.Evaluate([oldest]);
            }
        }
    }
}
