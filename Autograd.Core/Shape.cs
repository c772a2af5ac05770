using System.Collections;
using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>The sizes of a tensor's dimensions, outermost first; immutable. Rank 0 (no dimensions) is a single number; a size of 0 makes the tensor empty.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    /// <summary>The most dimensions that a shape can have (NumPy's limit): kernels keep an index on the stack.</summary>
    public const int MaxRank = 64;

    /// <summary>The shape of a single number: rank 0, one element.</summary>
    public static readonly Shape Scalar = new([]);

    private readonly int[] sizes;
    private int[]? strides;

    private Shape(int[] sizes)
    {
        this.sizes = sizes;
        ElementCount = CountElements(sizes);
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank => sizes.Length;

    /// <summary>The product of the sizes: 1 for rank 0, 0 if any size is 0.</summary>
    public int ElementCount { get; }

    /// <summary>The number of dimensions, as <see cref="Rank"/> (the list of sizes has that many entries).</summary>
    int IReadOnlyCollection<int>.Count => sizes.Length;

    /// <summary>The distance, in elements, between neighbours along each dimension of a row-major tensor of this shape.</summary>
    internal int[] RowMajorStrides => strides ??= ComputeStrides(sizes);

    /// <summary>The size of dimension <paramref name="dim"/>; negative numbers count from the last.</summary>
    /// <param name="dim">−Rank to Rank − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public int this[int dim] => sizes[Dims.Normalize(dim, sizes.Length, "Shape")];

    /// <summary>A shape of the given sizes.</summary>
    /// <param name="sizes">The sizes, outermost first; none may be negative.</param>
    /// <exception cref="ShapeException">A size is negative, or there would be more than 2³¹ − 1 elements or <see cref="MaxRank"/> dimensions.</exception>
    public static Shape Create(ReadOnlySpan<int> sizes) => sizes.IsEmpty ? Scalar : new Shape(sizes.ToArray());

    /// <summary>The sizes as a span, the form in which every method takes a shape.</summary>
    /// <param name="shape">The shape.</param>
    public static implicit operator ReadOnlySpan<int>(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.sizes;
    }

    /// <summary>Whether both have the same sizes.</summary>
    /// <param name="left">One shape.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Shape? left, Shape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the sizes differ.</summary>
    /// <param name="left">One shape.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);

    /// <summary>The sizes as a span.</summary>
    public ReadOnlySpan<int> AsSpan() => sizes;

    /// <summary>A copy of the sizes.</summary>
    public int[] ToArray() => [.. sizes];

    /// <inheritdoc/>
    public bool Equals(Shape? other) => ReferenceEquals(this, other) || (other is not null && sizes.AsSpan().SequenceEqual(other.sizes));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var size in sizes)
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    /// <summary>The sizes in brackets: <c>[2, 3]</c>.</summary>
    public override string ToString() => Describe(sizes);

    /// <summary>An enumerator over the sizes.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)sizes).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => sizes.GetEnumerator();

    internal static string Describe(ReadOnlySpan<int> sizes)
    {
        var text = new System.Text.StringBuilder("[");
        for (var i = 0; i < sizes.Length; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ").Append(sizes[i]);
        }

        return text.Append(']').ToString();
    }

    /// <summary>The common shape of an elementwise operation: aligned at the last dimension, sizes must be equal or 1 (NumPy's rule).</summary>
    /// <returns>The common shape; null if there is none.</returns>
    internal static Shape? TryBroadcast(Shape a, Shape b)
    {
        if (ReferenceEquals(a, b))
        {
            return a;
        }

        var (longer, shorter) = a.Rank >= b.Rank ? (a, b) : (b, a);
        if (longer.CoversAll(shorter))
        {
            return longer;
        }

        var lead = longer.Rank - shorter.Rank;
        var sizes = longer.ToArray();
        for (var i = 0; i < shorter.Rank; i++)
        {
            ref var size = ref sizes[lead + i];
            var other = shorter.sizes[i];
            if (size != other && size != 1 && other != 1)
            {
                return null;
            }

            size = size == 1 ? other : size;
        }

        return new Shape(sizes);
    }

    /// <summary>The error for shapes that have no common one.</summary>
    internal static ShapeException NotBroadcastable(Shape a, Shape b, string operation) => new(
        $"{operation}: shapes {a} and {b} do not broadcast. Aligned at the last dimension, sizes must be equal or one of them 1. " +
        "Reshape, Unsqueeze or Transpose an operand so that the dimensions line up.");

    /// <summary>Whether a tensor of shape <paramref name="other"/> broadcasts to exactly this shape.</summary>
    internal bool CoversAll(Shape other)
    {
        var lead = Rank - other.Rank;
        if (lead < 0)
        {
            return false;
        }

        for (var i = 0; i < other.Rank; i++)
        {
            if (other.sizes[i] != sizes[lead + i] && other.sizes[i] != 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a value of this shape, broadcast to <paramref name="reader"/>, is one element to each of its rows of <paramref name="rowLength"/> neighbouring elements.</summary>
    internal bool RepeatsInRows(Shape reader, int rowLength)
    {
        var length = 1;
        for (var i = 1; length < rowLength && i <= reader.Rank; i++)
        {
            if (i <= Rank && sizes[^i] != 1)
            {
                return false;
            }

            length *= reader.sizes[^i];
        }

        return length == rowLength && ElementCount * length == reader.ElementCount;
    }

    private static int CountElements(ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank)
        {
            throw new ShapeException($"A shape has at most {MaxRank} dimensions, not {sizes.Length}.");
        }

        var count = 1L;
        var empty = false;
        foreach (var size in sizes)
        {
            if (size < 0)
            {
                throw new ShapeException($"Shape {Describe(sizes)} has a negative size; every size must be 0 or more.");
            }

            empty |= size == 0;
            count = size == 0 || count > int.MaxValue ? count : count * size;
        }

        return empty ? 0
            : count <= int.MaxValue ? (int)count
            : throw new ShapeException($"Shape {Describe(sizes)} has more than 2^31 - 1 elements, the most that one tensor can hold; split it into several tensors.");
    }

    private static int[] ComputeStrides(ReadOnlySpan<int> sizes)
    {
        var strides = new int[sizes.Length];
        var step = 1;
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(1, sizes[i]);
        }

        return strides;
    }
}
