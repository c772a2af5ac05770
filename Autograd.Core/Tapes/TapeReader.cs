namespace Autograd.Tapes;

/// <summary>Walks the record from its outputs, without recursion, and lists it sources first.</summary>
internal sealed class TapeReader
{
    private readonly NodeMap places = new();
    private readonly Stack<Node> pending = new();
    private readonly List<TapeEntry> entries = [];
    private readonly List<(Operation Operation, TapeEntry Entry)> operations = [];
    private readonly Dictionary<Tensor, TapeEntry> constants = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds what an output depends on.</summary>
    public void Read(Node output)
    {
        pending.Push(output);
        while (pending.TryPeek(out var entry))
        {
            if (places.TryGet(entry, out _))
            {
                pending.Pop();
            }
            else if (!PushSources(entry))
            {
                pending.Pop();
                var made = entry is Operation operation ? OfOperation(operation) : OfLeaf((Leaf)entry);
                entries.Add(made);
                places[entry] = made.Number;
            }
        }

        EntryOf(output)!.IsOutput = true;
    }

    /// <summary>The entries with what is kept for each.</summary>
    public IReadOnlyList<TapeEntry> Finish()
    {
        var memory = new TapeMemory(value => constants.GetValueOrDefault(value) ?? (value.Node is { } node ? EntryOf(node) : null));
        foreach (var (operation, entry) in operations)
        {
            memory.Add(operation, entry);
        }

        return entries;
    }

    private TapeEntry? EntryOf(Node node) => places.TryGet(node, out var place) ? entries[place] : null;

    private bool PushSources(Node entry)
    {
        var pushed = false;
        var operation = entry as Operation;
        for (var i = (operation?.InputCount ?? 0) - 1; i >= 0; i--)
        {
            // The first input comes out of the stack first.
            if (operation!.Input(i).Source is { } source && !places.TryGet(source, out _))
            {
                pending.Push(source);
                pushed = true;
            }
        }

        return pushed;
    }

    private TapeEntry OfOperation(Operation operation)
    {
        var inputs = new TapeEntry?[operation.InputCount];
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = operation.Input(i);
            inputs[i] = input.Source is { } source ? EntryOf(source) : input.Value is { } value ? OfConstant(value) : null;
        }

        var entry = new TapeEntry(entries.Count, TapeEntryKind.Operation, operation.Name, operation.Shape, operation.DType)
        {
            Inputs = inputs,
            IsReleased = operation.IsReleased,
            Site = RecordingSite.Of(operation),
            Module = TapeTrace.ModuleOf(operation),
            Time = operation.Hash,
        };
        operations.Add((operation, entry));
        return entry;
    }

    private TapeEntry OfLeaf(Leaf leaf) => leaf.IsParameter
        ? new(entries.Count, TapeEntryKind.Parameter, leaf.Label ?? "Parameter", leaf.Shape, leaf.DType)
        : new(entries.Count, TapeEntryKind.Leaf, "Leaf", leaf.Shape, leaf.DType);

    private TapeEntry OfConstant(Tensor value)
    {
        if (!constants.TryGetValue(value, out var entry))
        {
            // A number that is there already can be shown; nothing is computed for it.
            var name = value.Rank == 0 && value.Pending is null ? Display.Displays.Number(value.Item()) : "Constant";
            entry = new TapeEntry(entries.Count, TapeEntryKind.Constant, name, value.Shape, value.DType);
            entries.Add(entry);
            constants.Add(value, entry);
        }

        return entry;
    }
}
