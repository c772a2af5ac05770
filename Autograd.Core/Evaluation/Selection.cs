namespace Autograd.Evaluation;

/// <summary>A rule that picks some of a tensor's places, each at most once: what a slice or a diagonal is, apart from any tensor.
/// <see cref="SelectOp"/> reads the places and <see cref="PlaceOp"/> replaces them; each is the other's gradient.</summary>
internal abstract record Selection
{
    /// <summary>Where the picked elements lie.</summary>
    public abstract Layout Of(Layout layout);

    /// <summary>The same places in each of <paramref name="count"/> tensors that lie along a new first dimension.</summary>
    public abstract Selection InEach(int count);

    /// <summary>Reads the notation of <see cref="object.ToString"/>: <c>"1:2:1, 0:2:2"</c> (start:count:step for each dimension) or <c>"diagonal 1 0 1"</c> (offset and two dimensions).</summary>
    public static Selection Parse(string text)
    {
        if (text.StartsWith("diagonal ", StringComparison.Ordinal))
        {
            var numbers = Array.ConvertAll(text["diagonal ".Length..].Split(' '), int.Parse);
            return new DiagonalSelection(numbers[0], numbers[1], numbers[2]);
        }

        var axes = Array.ConvertAll(text.Split(", "), axis => Array.ConvertAll(axis.Split(':'), int.Parse));
        return new SliceSelection(Column(axes, 0), Column(axes, 1), Column(axes, 2));
    }

    private static int[] Column(int[][] axes, int index) => Array.ConvertAll(axes, axis => axis[index]);
}

/// <summary>Every steps[k]-th element along dimension k, counts[k] of them from starts[k] on.</summary>
internal sealed record SliceSelection(int[] Starts, int[] Counts, int[] Steps) : Selection
{
    public override Layout Of(Layout layout) => layout.Slice(Starts, Counts, Steps);

    public override Selection InEach(int count) => new SliceSelection([0, .. Starts], [count, .. Counts], [1, .. Steps]);

    public override string ToString() => string.Join(", ", Enumerable.Range(0, Counts.Length).Select(i => $"{Starts[i]}:{Counts[i]}:{Steps[i]}"));

    /// <summary>All of a shape, as a start for narrower selections.</summary>
    public static SliceSelection All(Shape shape)
    {
        var steps = new int[shape.Rank];
        Array.Fill(steps, 1);
        return new(new int[shape.Rank], shape.ToArray(), steps);
    }
}

/// <summary>The diagonals of the planes spanned by two dimensions, as a new last dimension.</summary>
internal sealed record DiagonalSelection(int Offset, int Dim0, int Dim1) : Selection
{
    public override Layout Of(Layout layout) => layout.Diagonal(Offset, Dim0, Dim1);

    public override Selection InEach(int count) => new DiagonalSelection(Offset, Dim0 + 1, Dim1 + 1);

    public override string ToString() => $"diagonal {Offset} {Dim0} {Dim1}";
}
