namespace Autograd;

public partial class Tensor
{
    /// <summary>The places of the elements that are not 0 (or are true): an Int64 matrix with a row for each and a column for each dimension, in row-major order.</summary>
    public Tensor Nonzero()
    {
        var flat = FlatPlaces(To(DType.Bool));
        var columns = new Tensor[Rank];
        for (var i = 0; i < Rank; i++)
        {
            var (step, size) = (Shape.RowMajorStrides[i], Shape[i]);
            columns[i] = Column(flat, place => place / step % size);
        }

        return Rank == 0 ? Zeros([flat.Length, 0], DType.Int64) : Stack(columns, 1);
    }

    /// <summary>The elements where <paramref name="mask"/> holds, as a vector, in row-major order.</summary>
    /// <param name="mask">A Bool tensor; it broadcasts with this one.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The mask is not Bool.</exception>
    public Tensor MaskedSelect(Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.DType != DType.Bool)
        {
            throw new DTypeException($"MaskedSelect: the mask must be a Bool tensor, not {mask.DType}. Compare it with something (x > 0) or convert it: x.To(DType.Bool).");
        }

        var shape = Shape.TryBroadcast(Shape, mask.Shape) ?? throw Shape.NotBroadcastable(Shape, mask.Shape, nameof(MaskedSelect));
        var places = FlatPlaces(mask.Expand(shape));
        return Expand(shape).Flatten().IndexSelect(0, Column(places, place => place));
    }

    private static int[] FlatPlaces(Tensor mask)
    {
        var values = mask.AsSpan<bool>();
        var places = new int[System.MemoryExtensions.Count(values, true)];
        for (int i = 0, next = 0; i < values.Length; i++)
        {
            if (values[i])
            {
                places[next++] = i;
            }
        }

        return places;
    }

    private static Tensor Column(int[] places, Func<int, int> coordinate) => From(Array.ConvertAll(places, place => (long)coordinate(place)), [places.Length]);
}
