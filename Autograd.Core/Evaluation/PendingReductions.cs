using System.Diagnostics.CodeAnalysis;

namespace Autograd.Evaluation;

/// <summary>The reductions that this thread has postponed last. Whatever is evaluated from the same elements takes them along. And each keeps its input in memory, which is so much larger than its result:
/// whoever collects a thousand of them expects to hold a thousand small tensors. So they are evaluated once some others have followed.</summary>
internal static class PendingReductions
{
    /// <summary>How many may be pending, whatever their size: as many as a normalization and its gradient need in one pass.</summary>
    private const int Fewest = 6;

    /// <summary>How many may be pending at most.</summary>
    private const int Most = 12;

    /// <summary>Bytes that more than the fewest may keep.</summary>
    private const long MostBytes = 64L << 20;

    [ThreadStatic]
    private static List<(WeakReference<Tensor> Result, long Bytes)>? latest;

    [ThreadStatic]
    private static Stack<WeakReference<Tensor>>? spare;

    /// <summary>Enters a result, and evaluates those that have waited too long.</summary>
    public static void Enter(Tensor result)
    {
        latest ??= [];
        RemoveDone(latest);
        latest.Add((NewReference(result), (long)result.Pending!.Count * result.DType.ByteSize));
        while (latest.Count > Most || (latest.Count > Fewest && latest.Sum(entry => entry.Bytes) > MostBytes))
        {
            if (IsAlive(latest[0].Result, out var oldest, out _))
            {
                Region.Evaluate([oldest]);
            }

            Remove(latest, 0);
        }
    }

    /// <summary>Adds those that may be wanted to <paramref name="reductions"/>.</summary>
    public static void CopyTo(List<(Tensor Result, Pending Pending)> reductions)
    {
        foreach (var (reference, _) in latest ?? [])
        {
            if (IsAlive(reference, out var tensor, out var pending))
            {
                reductions.Add((tensor, pending));
            }
        }
    }

    private static void RemoveDone(List<(WeakReference<Tensor> Result, long Bytes)> entries)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (!IsAlive(entries[i].Result, out _, out _))
            {
                Remove(entries, i);
            }
        }
    }

    private static WeakReference<Tensor> NewReference(Tensor result)
    {
        spare ??= [];
        if (!spare.TryPop(out var reference))
        {
            return new(result);
        }

        reference.SetTarget(result);
        return reference;
    }

    private static void Remove(List<(WeakReference<Tensor> Result, long Bytes)> entries, int i)
    {
        spare!.Push(entries[i].Result);
        entries.RemoveAt(i);
    }

    /// <summary>Whether it may still be wanted: it is neither evaluated nor of a backward pass that has ended.</summary>
    private static bool IsAlive(WeakReference<Tensor> reference, [NotNullWhen(true)] out Tensor? tensor, [NotNullWhen(true)] out Pending? pending)
    {
        pending = reference.TryGetTarget(out tensor) ? tensor.Pending : null;
        return pending is not null && tensor is not null && (pending.Scope is null || pending.Scope == TemporaryMemory.Current);
    }
}
