namespace Autograd.Tapes;

/// <summary>Counts the memory that a tape keeps alive: each piece once, for the first value that lies in it.</summary>
/// <param name="entryOf">The entry that a value belongs to; null if it is on this tape under no entry of its own.</param>
internal sealed class TapeMemory(Func<Tensor, TapeEntry?> entryOf)
{
    private readonly HashSet<object> counted = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<(Tensor Value, TapeEntry Entry)> open = new();

    /// <summary>Counts what an operation keeps for its rule: inputs, result, and what it computed on the way.</summary>
    public void Add(Operation operation, TapeEntry entry)
    {
        for (var i = 0; i < operation.InputCount; i++)
        {
            Add(operation.Input(i).Value, entry, isRead: true);
        }

        Add(operation.KeptResult, entry, isRead: true);
        Add(operation.Workings, entry, isRead: false);
        while (open.TryPop(out var next))
        {
            Count(next.Value, next.Entry);
        }
    }

    private void Add(Tensor? value, TapeEntry reader, bool isRead)
    {
        if (value is not null)
        {
            var entry = entryOf(value) ?? reader;
            entry.IsKept |= isRead;
            open.Push((value, entry));
        }
    }

    private void Count(Tensor value, TapeEntry entry)
    {
        if (value.Pending is { } pending)
        {
            // Not computed, and not computed now: what it will be computed from is alive instead.
            entry.IsPending = true;
            if (counted.Add(pending))
            {
                Add(pending.A, entry, isRead: false);
                Add(pending.B, entry, isRead: false);
                Add(pending.C, entry, isRead: false);
            }
        }
        else if (counted.Add(value.Owner))
        {
            entry.KeptBytes += value.MemoryBytes;
        }
    }
}
