using Autograd.Display;

namespace Autograd.Tapes;

/// <summary>What a box of a picture stands for.</summary>
internal enum TapeBoxKind
{
    Operation,
    Parameter,
    Leaf,
    Constant,
    Output,

    /// <summary>Several operations.</summary>
    Group,
}

/// <summary>A box of a picture of a tape.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Title">What stands in it, large.</param>
/// <param name="Detail">What stands in it, small.</param>
/// <param name="Hint">What is told to those who ask.</param>
internal sealed record TapeBox(TapeBoxKind Kind, string Title, string Detail, string Hint);

/// <summary>The boxes and arrows of a picture of a tape: all writers draw the same.</summary>
/// <param name="Boxes">The boxes, sources first.</param>
/// <param name="Arrows">From where to where values flow, by the places of the boxes.</param>
internal sealed record TapePicture(IReadOnlyList<TapeBox> Boxes, IReadOnlyList<(int From, int To)> Arrows)
{
    /// <summary>The picture of a tape.</summary>
    public static TapePicture Of(Tape tape, TapeDrawing options)
    {
        var groups = TapeGroups.Of(tape, options);
        var arrows = new HashSet<(object From, object To)>();
        foreach (var entry in tape.Entries)
        {
            foreach (var input in entry.Inputs)
            {
                if (input is not null && !IsNumber(input) && !ReferenceEquals(groups.BoxOf(input), groups.BoxOf(entry)))
                {
                    arrows.Add((groups.BoxOf(input), groups.BoxOf(entry)));
                }
            }
        }

        var members = tape.Entries.Where(entry => !IsNumber(entry)).GroupBy(groups.BoxOf, ReferenceEqualityComparer.Instance).ToDictionary(group => group.Key!, group => group.ToList(), ReferenceEqualityComparer.Instance);
        var shown = Nearest(members, arrows, options.MaxBoxes);
        var order = Sorted(tape.Entries.Where(entry => !IsNumber(entry)).Select(groups.BoxOf).Distinct(ReferenceEqualityComparer.Instance).OfType<object>().Where(shown.Contains), arrows);
        var places = order.Select((box, place) => (box, place)).ToDictionary(pair => pair.box, pair => pair.place, ReferenceEqualityComparer.Instance);
        List<TapeBox> boxes = [.. order.Select(box => Box(box, members[box]))];
        var hidden = members.Count - shown.Count;
        if (hidden > 0)
        {
            boxes.Insert(0, new(TapeBoxKind.Group, "…", $"{hidden} more", $"{hidden} boxes farther from the outputs"));
        }

        var offset = hidden > 0 ? 1 : 0;
        var drawn = new HashSet<(int From, int To)>();
        foreach (var (from, to) in arrows)
        {
            if (places.TryGetValue(to, out var end) && (hidden > 0 || places.ContainsKey(from)))
            {
                drawn.Add((places.TryGetValue(from, out var start) ? start + offset : 0, end + offset));
            }
        }

        return new(boxes, [.. drawn.OrderBy(arrow => arrow)]);
    }

    /// <summary>A single number is written into the boxes that use it; it has none of its own.</summary>
    private static bool IsNumber(TapeEntry entry) => entry is { Kind: TapeEntryKind.Constant, Shape.Rank: 0 };

    private static TapeBox Box(object box, List<TapeEntry> members)
    {
        if (box is TapeEntry entry)
        {
            var numbers = entry.Inputs.Where(input => input is not null && IsNumber(input)).Select(input => input!.Name).ToList();
            var kind = entry.IsOutput ? TapeBoxKind.Output : (TapeBoxKind)entry.Kind;
            return new(kind, numbers.Count == 0 ? entry.Name : $"{entry.Name} · {string.Join(", ", numbers)}", Detail(entry), Hint(entry));
        }

        var (last, operations) = (members[^1], members.Count(member => member.Kind == TapeEntryKind.Operation));
        var parameters = members.Count(member => member.Kind == TapeEntryKind.Parameter);
        var (title, what) = ((TapeGroup)box).Describe();
        var bytes = members.Sum(member => member.Kind == TapeEntryKind.Parameter ? 0 : member.KeptBytes);
        var hint = $"{what}: {operations} operations" + (parameters > 0 ? $", {parameters} parameters" : string.Empty) + (bytes > 0 ? $", {Displays.Bytes(bytes)} kept" : string.Empty);
        return new(members.Exists(member => member.IsOutput) ? TapeBoxKind.Output : TapeBoxKind.Group, title, $"{what} · {last.Shape}", hint);
    }

    private static string Detail(TapeEntry entry) => $"{entry.Shape}" + (entry.KeptBytes > 0 && entry.Kind != TapeEntryKind.Parameter ? $" · {Displays.Bytes(entry.KeptBytes)}" : string.Empty);

    private static string Hint(TapeEntry entry)
        => string.Join('\n', new[] { entry.ToString(), entry.IsPending ? "pending" : null, entry.ModulePath, entry.Site?.ToString() }.Where(line => line is not null));

    /// <summary>The boxes that are fewest arrows away from an output.</summary>
    private static HashSet<object> Nearest(Dictionary<object, List<TapeEntry>> members, HashSet<(object From, object To)> arrows, int most)
    {
        var sources = arrows.ToLookup(arrow => arrow.To, arrow => arrow.From, ReferenceEqualityComparer.Instance);
        var shown = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var queue = new Queue<object>(members.Where(pair => pair.Value.Exists(entry => entry.IsOutput)).Select(pair => pair.Key));
        while (shown.Count < most && queue.TryDequeue(out var box))
        {
            if (shown.Add(box))
            {
                foreach (var source in sources[box])
                {
                    queue.Enqueue(source);
                }
            }
        }

        return shown;
    }

    /// <summary>Boxes in an order in which sources come first. The order of the tape will not do, since a box may hold entries from many places of it.</summary>
    private static List<object> Sorted(IEnumerable<object> boxes, HashSet<(object From, object To)> arrows)
    {
        var sources = arrows.ToLookup(arrow => arrow.To, arrow => arrow.From, ReferenceEqualityComparer.Instance);
        var candidates = boxes.ToList();
        var isShown = candidates.ToHashSet(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var sorted = new List<object>();
        var open = new Stack<(object Box, bool IsDone)>();
        foreach (var box in candidates)
        {
            open.Push((box, false));
            while (open.TryPop(out var next))
            {
                if (next.IsDone)
                {
                    sorted.Add(next.Box);
                }
                else if (seen.Add(next.Box))
                {
                    open.Push((next.Box, true));
                    foreach (var source in sources[next.Box])
                    {
                        if (isShown.Contains(source))
                        {
                            open.Push((source, false));
                        }
                    }
                }
            }
        }

        return sorted;
    }
}
