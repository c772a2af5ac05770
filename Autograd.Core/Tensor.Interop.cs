using CommunityToolkit.HighPerformance;

namespace Autograd;

public partial class Tensor
{
    /// <summary>A tensor of the values of a span of System.Numerics.Tensors, which are copied.</summary>
    /// <param name="values">The values; of any rank and strides.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    /// <typeparam name="T"><see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is another type.</exception>
    /// <exception cref="ShapeException">There are more than 2³¹ − 1 elements.</exception>
    public static Tensor From<T>(in ReadOnlyTensorSpan<T> values, bool requiresGrad = false)
        where T : unmanaged
    {
        var sizes = new int[values.Rank];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = values.Lengths[i] <= int.MaxValue ? (int)values.Lengths[i] : throw new ShapeException($"From: a dimension of {values.Lengths[i]} elements; one tensor holds at most 2^31 - 1.");
        }

        var tensor = Allocate.Tensor(Shape.Create(sizes), DTypes.Of<T>());
        values.FlattenTo(tensor.Elements<T>());
        return requiresGrad ? tensor.MakeLeaf() : tensor;
    }

    /// <summary>A matrix of the values of a two-dimensional span of CommunityToolkit.HighPerformance, which are copied.</summary>
    /// <param name="values">The rows.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    /// <typeparam name="T"><see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is another type.</exception>
    public static Tensor From<T>(ReadOnlySpan2D<T> values, bool requiresGrad = false)
        where T : unmanaged
    {
        var tensor = Allocate.Tensor(Shape.Create([values.Height, values.Width]), DTypes.Of<T>());
        values.CopyTo(tensor.Elements<T>());
        return requiresGrad ? tensor.MakeLeaf() : tensor;
    }

    /// <summary>A matrix of the values of a two-dimensional memory of CommunityToolkit.HighPerformance, which are copied.</summary>
    /// <param name="values">The rows.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    /// <typeparam name="T"><see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is another type.</exception>
    public static Tensor From<T>(ReadOnlyMemory2D<T> values, bool requiresGrad = false)
        where T : unmanaged
        => From(values.Span, requiresGrad);

    /// <summary>All values, to read, as a span of System.Numerics.Tensors of the same shape; without copying unless the tensor is a reversed view. A single number, of rank 0, becomes a span of shape [1]: such spans have no rank 0.</summary>
    /// <typeparam name="T">The type of the elements: <see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is not the type of the elements.</exception>
    public ReadOnlyTensorSpan<T> AsTensorSpan<T>()
        where T : unmanaged
    {
        CheckElementType<T>(nameof(AsTensorSpan));
        if (Rank == 0)
        {
            return Reshape(1).AsTensorSpan<T>();
        }

        var source = Captured;
        source = Array.Exists(source.Layout.Strides, stride => stride < 0) ? Strided.Copy(source) : source;
        source.Escape();
        var layout = source.Layout;
        Span<nint> lengths = stackalloc nint[Rank];
        Span<nint> strides = stackalloc nint[Rank];
        for (var i = 0; i < Rank; i++)
        {
            // A dimension of size 1 is never stepped along, and its stride must not look like an overlap.
            lengths[i] = layout.Shape.AsSpan()[i];
            strides[i] = lengths[i] <= 1 ? 0 : layout.Strides[i];
        }

        return source.IsRowMajor
            ? new ReadOnlyTensorSpan<T>(source.Elements<T>(), lengths)
            : new ReadOnlyTensorSpan<T>(source.Storage<T>()[layout.Offset..], lengths, strides);
    }

    /// <summary>A matrix's values, to read, as a two-dimensional span; rows may lie apart, but a view whose neighbours in a row are not neighbours in memory is copied.</summary>
    /// <typeparam name="T">The type of the elements: <see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is not the type of the elements.</exception>
    /// <exception cref="ShapeException">The rank is not 2.</exception>
    public ReadOnlySpan2D<T> AsSpan2D<T>()
        where T : unmanaged
        => AsMemory2D<T>().Span;

    /// <summary>A matrix's values, to read, as a two-dimensional memory; rows may lie apart, but a view whose neighbours in a row are not neighbours in memory is copied.</summary>
    /// <typeparam name="T">The type of the elements: <see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is not the type of the elements.</exception>
    /// <exception cref="ShapeException">The rank is not 2.</exception>
    public ReadOnlyMemory2D<T> AsMemory2D<T>()
        where T : unmanaged
    {
        CheckElementType<T>(nameof(AsMemory2D));
        if (Rank != 2)
        {
            throw new ShapeException($"AsMemory2D: shape {Shape} is not a matrix. Reshape it to two dimensions, or use AsTensorSpan for any rank.");
        }

        var source = Captured;
        var (rows, columns) = (Shape[0], Shape[1]);
        if (rows == 0 || columns == 0)
        {
            return ReadOnlyMemory2D<T>.Empty;
        }

        source = source.Layout.Strides[1] != 1 || source.Layout.Strides[0] < columns ? source.RowMajor() : source;
        var pitch = rows == 1 ? 0 : source.Layout.Strides[0] - columns;
        source.Escape();
        return new ReadOnlyMemory2D<T>((T[])source.Values, source.Start + source.Offset, rows, columns, pitch);
    }
}
