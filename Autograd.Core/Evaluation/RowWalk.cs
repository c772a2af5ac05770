namespace Autograd.Evaluation;

/// <summary>Walks a layout row by row: runs along its last dimension.</summary>
internal ref struct RowWalk
{
    private readonly ReadOnlySpan<int> sizes;
    private readonly ReadOnlySpan<int> strides;
    private readonly Span<int> index;

    public RowWalk(in Layout layout, int start, Span<int> index)
    {
        sizes = layout.Shape;
        strides = layout.Strides;
        this.index = index;
        Offset = layout.Offset;
        for (var i = sizes.Length - 1; i >= 0 && start > 0; i--)
        {
            (start, index[i]) = Math.DivRem(start, sizes[i]);
            Offset += index[i] * strides[i];
        }
    }

    /// <summary>The place of the current element.</summary>
    public int Offset { get; private set; }

    /// <summary>The distance between neighbours of a row.</summary>
    public readonly int Step => sizes.IsEmpty ? 1 : strides[^1];

    /// <summary>Elements left in the current row.</summary>
    public readonly int Remaining => sizes.IsEmpty ? 1 : sizes[^1] - index[^1];

    /// <summary>Moves on by <paramref name="count"/> elements, at most to the beginning of the next row.</summary>
    public void Advance(int count)
    {
        if (sizes.IsEmpty)
        {
            return;
        }

        index[^1] += count;
        Offset += count * strides[^1];
        for (var i = sizes.Length - 1; i > 0 && index[i] == sizes[i]; i--)
        {
            Offset += strides[i - 1] - (sizes[i] * strides[i]);
            index[i] = 0;
            index[i - 1]++;
        }
    }
}
