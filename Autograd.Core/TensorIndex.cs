namespace Autograd;

/// <summary>One entry between the brackets of <c>x[…]</c>: a number (<c>3</c>, <c>^1</c>), a range (<c>1..3</c>, <see cref="Slice"/> with a step), <see cref="NewAxis"/>,
/// <see cref="Ellipsis"/>, an Int64 tensor of indices, or a Bool tensor as a mask.</summary>
public readonly struct TensorIndex
{
    private readonly int step;

    private TensorIndex(IndexKind kind, int? start = null, int? stop = null, int step = 1, Tensor? tensor = null)
        => (Kind, Start, Stop, this.step, Tensor) = (kind, start, stop, step, tensor);

    /// <summary>A new dimension of size 1 at this place.</summary>
    public static TensorIndex NewAxis => new(IndexKind.NewAxis);

    /// <summary>As many full dimensions as it takes; at most once.</summary>
    public static TensorIndex Ellipsis => new(IndexKind.Ellipsis);

    /// <summary>A whole dimension.</summary>
    public static TensorIndex All => new(IndexKind.Slice);

    internal IndexKind Kind { get; }

    internal int? Start { get; }

    internal int? Stop { get; }

    // The default of the struct is a full range.
    internal int Step => Math.Max(1, step);

    internal Tensor? Tensor { get; }

    /// <summary>One element, whose dimension disappears; negative numbers count from the end.</summary>
    /// <param name="index">The element.</param>
    public static implicit operator TensorIndex(int index) => new(IndexKind.Number, index);

    /// <summary>One element, whose dimension disappears.</summary>
    /// <param name="index">The element, perhaps counted from the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is <c>^0</c>, which is behind the last element.</exception>
    public static implicit operator TensorIndex(Index index)
        => !index.Equals(Index.End)
            ? new(IndexKind.Number, FromIndex(index))
            : throw new ArgumentOutOfRangeException(nameof(index), "Index: ^0 lies behind the last element, which is ^1.");

    /// <summary>The elements of a range; a bound beyond the end is taken as the end.</summary>
    /// <param name="range">The range.</param>
    public static implicit operator TensorIndex(Range range)
        => new(IndexKind.Slice, FromIndex(range.Start), range.End.Equals(Index.End) ? null : FromIndex(range.End));

    /// <summary>The elements that Int64 indices name, or those where a Bool mask holds.</summary>
    /// <param name="tensor">The indices or the mask.</param>
    public static implicit operator TensorIndex(Tensor tensor) => new(IndexKind.Tensor, tensor: tensor);

    /// <summary>The elements start, start + step, … before <paramref name="stop"/>, as in Python's <c>start:stop:step</c>.</summary>
    /// <param name="start">The first element; null for the first there is. Negative numbers count from the end.</param>
    /// <param name="stop">The bound, not included; null for the end. Negative numbers count from the end.</param>
    /// <param name="step">The distance; above 0. Use <see cref="Autograd.Tensor.Flip"/> to reverse.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not above 0.</exception>
    public static TensorIndex Slice(int? start = null, int? stop = null, int step = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return new(IndexKind.Slice, start, stop, step);
    }

    /// <summary>The entry as it is written in brackets.</summary>
    public override string ToString() => Kind switch
    {
        IndexKind.Number => $"{Start}",
        IndexKind.NewAxis => "NewAxis",
        IndexKind.Ellipsis => "Ellipsis",
        IndexKind.Tensor => $"tensor {Tensor!.Shape} {Tensor.DType}",
        _ => $"{Start}:{Stop}:{Step}",
    };

    // ^n is −n, which counts from the end; ^0 can only be a bound, and every bound beyond the end is the end.
    private static int FromIndex(Index index) => index.Equals(Index.End) ? int.MaxValue : index.IsFromEnd ? -index.Value : index.Value;
}

/// <summary>The kinds of entries of an index.</summary>
internal enum IndexKind
{
    Slice,
    Number,
    NewAxis,
    Ellipsis,
    Tensor,
}
