namespace Autograd.Tests.Core;

/// <summary>One entry between brackets, as plain data.</summary>
internal abstract record NaiveEntry
{
    internal sealed record Number(int Value, bool FromEnd) : NaiveEntry;

    internal sealed record Slice(int? Start, int? Stop, int Step) : NaiveEntry;

    internal sealed record NewAxis : NaiveEntry;

    internal sealed record Ellipsis : NaiveEntry;

    internal sealed record Indices(double[] Values, int[] Sizes) : NaiveEntry;

    internal sealed record Mask(bool[] Values, int[] Sizes) : NaiveEntry;

    /// <summary>The entry as the library takes it; index tensors and masks lie anywhere in memory.</summary>
    public TensorIndex ToIndex(Random random) => this switch
    {
        Number number => number.FromEnd ? (TensorIndex)(^number.Value) : number.Value,
        Slice { Start: >= 0 and var start, Stop: >= 0 and var stop, Step: 1 } => start..stop,
        Slice { Start: < 0 and var start, Stop: null, Step: 1 } => ^-start..,
        Slice slice => TensorIndex.Slice(slice.Start, slice.Stop, slice.Step),
        NewAxis => TensorIndex.NewAxis,
        Ellipsis => TensorIndex.Ellipsis,
        Indices indices => Arranged.Somehow(Array.ConvertAll(indices.Values, value => (long)value), indices.Sizes, random),
        Mask mask => Arranged.Somehow(mask.Values, mask.Sizes, random),
        _ => throw new InvalidOperationException(),
    };
}

/// <summary>What x[…] means, by NumPy's definition, except that a number is not an index array of rank 0 but a range that loses its dimension (as in PyTorch).</summary>
internal sealed class NaiveSubscript
{
    private readonly int[] from;
    private readonly List<(int Dim, int[]? Range, Naive? Indices)> axes = []; // Dim −1 is a new axis
    private readonly int[] fixedPlaces;
    private readonly int[] broadcast;
    private readonly int front;

    public NaiveSubscript(int[] from, IEnumerable<NaiveEntry> entries)
    {
        this.from = from;
        fixedPlaces = new int[from.Length];
        var all = WithFullSlices(from, [.. entries]);
        var dim = 0;
        foreach (var entry in all)
        {
            switch (entry)
            {
                case NaiveEntry.Number number:
                    fixedPlaces[dim] = number.FromEnd ? from[dim] - number.Value : number.Value < 0 ? number.Value + from[dim] : number.Value;
                    dim++;
                    break;
                case NaiveEntry.Slice slice:
                    axes.Add((dim, Range(slice, from[dim]), null));
                    dim++;
                    break;
                case NaiveEntry.NewAxis:
                    axes.Add((-1, [0], null));
                    break;
                case NaiveEntry.Indices indices:
                    axes.Add((dim++, null, Naive.Of(indices.Values, indices.Sizes)));
                    break;
                case NaiveEntry.Mask mask:
                    var hits = Naive.Places(mask.Sizes).Where(place => mask.Values[Naive.Number(place, mask.Sizes)]).ToArray();
                    for (var i = 0; i < mask.Sizes.Length; i++)
                    {
                        var column = i;
                        axes.Add((dim++, null, Naive.Of([.. hits.Select(hit => (double)hit[column])], hits.Length)));
                    }

                    break;
            }
        }

        int[] advanced = [.. Enumerable.Range(0, axes.Count).Where(i => axes[i].Indices is not null)];
        broadcast = [.. Broadcast(advanced.Select(i => axes[i].Indices!.Sizes))];
        front = advanced.Length > 0 && advanced[^1] - advanced[0] == advanced.Length - 1 ? advanced[0] : 0;
        List<int> sizes = [.. axes.Where(axis => axis.Range is not null).Select(axis => axis.Range!.Length)];
        sizes.InsertRange(front, broadcast);
        Sizes = [.. sizes];
    }

    /// <summary>The sizes of what is selected.</summary>
    public int[] Sizes { get; }

    /// <summary>Where the selected element at a place comes from.</summary>
    public int[] Source(int[] place)
    {
        int[] source = [.. fixedPlaces], shared = place[front..(front + broadcast.Length)], rest = [.. place[..front], .. place[(front + broadcast.Length)..]];
        var next = 0;
        foreach (var (dim, range, indices) in axes)
        {
            if (range is not null)
            {
                var at = range[rest[next++]];
                if (dim >= 0)
                {
                    source[dim] = at;
                }
            }
            else
            {
                var own = shared[^indices!.Rank..].Select((p, d) => indices.Sizes[d] == 1 ? 0 : p).ToArray();
                var value = (int)indices[own];
                source[dim] = value < 0 ? value + from[dim] : value;
            }
        }

        return source;
    }

    private static NaiveEntry[] WithFullSlices(int[] from, NaiveEntry[] entries)
    {
        var missing = from.Length - entries.Sum(entry => entry switch
        {
            NaiveEntry.NewAxis or NaiveEntry.Ellipsis => 0,
            NaiveEntry.Mask mask => mask.Sizes.Length,
            _ => 1,
        });
        var full = Enumerable.Repeat<NaiveEntry>(new NaiveEntry.Slice(null, null, 1), missing).ToArray();
        var ellipsis = Array.FindIndex(entries, entry => entry is NaiveEntry.Ellipsis);
        return ellipsis < 0 ? [.. entries, .. full] : [.. entries[..ellipsis], .. full, .. entries[(ellipsis + 1)..]];
    }

    private static int[] Range(NaiveEntry.Slice slice, int size)
    {
        int FromEnd(int bound) => bound < 0 ? bound + size : bound;
        var (start, stop) = (Math.Max(0, FromEnd(slice.Start ?? 0)), FromEnd(slice.Stop ?? size));
        return [.. Enumerable.Range(0, size).Where(i => i >= start && i < stop && (i - start) % slice.Step == 0)];
    }

    private static int[] Broadcast(IEnumerable<int[]> shapes)
    {
        var all = shapes.ToArray();
        var rank = all.Select(shape => shape.Length).Append(0).Max();
        return [.. Enumerable.Range(1, rank).Select(i => all.Where(shape => shape.Length >= i).Select(shape => shape[^i]).Aggregate(1, (a, b) => a == 1 ? b : a)).Reverse()];
    }
}
