namespace Autograd;

public partial class Tensor
{
    /// <summary>Parts of <paramref name="size"/> elements along one dimension, the last perhaps shorter; views.</summary>
    /// <param name="size">The size of a part; above 0.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not above 0, or there is no such dimension.</exception>
    public Tensor[] Split(int size, int dim = 0)
    {
        Require.AtLeast(size, 1, nameof(Split));
        var length = Shape[Dims.Normalize(dim, Rank, nameof(Split))];
        var parts = new Tensor[Parts(length, size)];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Narrow(dim, i * size, Math.Min(size, length - (i * size)));
        }

        return parts;
    }

    /// <summary>Parts of the given sizes along one dimension; views.</summary>
    /// <param name="sizes">The sizes; they must add up to the dimension's.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ShapeException">The sizes do not add up.</exception>
    public Tensor[] Split(ReadOnlySpan<int> sizes, int dim = 0)
    {
        var length = Shape[Dims.Normalize(dim, Rank, nameof(Split))];
        var total = 0L;
        foreach (var size in sizes)
        {
            total += size;
        }

        if (total != length)
        {
            throw new ShapeException($"Split: the sizes {Shape.Describe(sizes)} do not add up to {length}, the size of dimension {dim} of shape {Shape}.");
        }

        var parts = new Tensor[sizes.Length];
        for (int i = 0, start = 0; i < parts.Length; start += sizes[i++])
        {
            parts[i] = Narrow(dim, start, sizes[i]);
        }

        return parts;
    }

    /// <summary>At most <paramref name="chunks"/> parts of equal size along one dimension, the last perhaps shorter; views.</summary>
    /// <param name="chunks">The number of parts; above 0.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0, or there is no such dimension.</exception>
    public Tensor[] Chunk(int chunks, int dim = 0)
    {
        Require.AtLeast(chunks, 1, nameof(Chunk));
        var length = Shape[Dims.Normalize(dim, Rank, nameof(Chunk))];
        return Split(Parts(length, chunks), dim);
    }

    /// <summary>The elements along one dimension, which disappears; views.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor[] Unbind(int dim = 0)
    {
        var parts = new Tensor[Shape[Dims.Normalize(dim, Rank, nameof(Unbind))]];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Select(dim, i);
        }

        return parts;
    }

    /// <summary>How many parts of a size there are, the last perhaps shorter; nothing is one part.</summary>
    private static int Parts(int length, int size) => Math.Max(1, ((length - 1) / size) + 1);
}
