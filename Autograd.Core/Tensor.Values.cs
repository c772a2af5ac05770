namespace Autograd;

public partial class Tensor
{
    /// <summary>The value of a tensor of one element, as a double.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public double Item()
    {
        if (ElementCount != 1)
        {
            throw new ShapeException($"Item: a tensor of shape {Shape} has {ElementCount} elements, not one. Index it, x[0, 0].Item(), or read all: x.ToArray<float>().");
        }

        var source = Captured;
        var value = source.DType switch
        {
            DType.Float32 => source.Storage<float>()[source.Offset],
            DType.Float64 => source.Storage<double>()[source.Offset],
            DType.Int64 => source.Storage<long>()[source.Offset],
            _ => source.Storage<bool>()[source.Offset] ? 1 : 0,
        };
        GC.KeepAlive(source);
        return value;
    }

    /// <summary>The value of a tensor of one element.</summary>
    /// <typeparam name="T">The type of the elements: <see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is not the type of the elements.</exception>
    public T Item<T>()
        where T : unmanaged
    {
        CheckElementType<T>(nameof(Item));
        return ElementCount == 1
            ? AsSpan<T>()[0]
            : throw new ShapeException($"Item: a tensor of shape {Shape} has {ElementCount} elements, not one. Index it, x[0, 0].Item<T>(), or read all: x.ToArray<T>().");
    }

    /// <summary>A copy of all values in row-major order.</summary>
    /// <typeparam name="T">The type of the elements: <see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is not the type of the elements.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var source = RowMajor();
        source.CheckElementType<T>(nameof(ToArray));
        var copy = source.Elements<T>().ToArray();
        GC.KeepAlive(source);
        return copy;
    }

    /// <summary>All values in row-major order, to read; a view that is not contiguous is copied first.</summary>
    /// <typeparam name="T">The type of the elements: <see cref="float"/>, <see cref="double"/>, <see cref="long"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is not the type of the elements.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        var source = RowMajor();
        source.CheckElementType<T>(nameof(AsSpan));
        source.Escape();
        return source.Elements<T>();
    }

    /// <summary>Whether all elements of both are equal within the tolerances: |a − b| ≤ absolute + relative·|b|.</summary>
    /// <param name="other">A tensor that broadcasts with this one.</param>
    /// <param name="relativeTolerance">The tolerance in units of |b|.</param>
    /// <param name="absoluteTolerance">The tolerance on top.</param>
    /// <param name="equalNaN">Whether NaN equals NaN.</param>
    public bool AllClose(Tensor other, double relativeTolerance = 1e-5, double absoluteTolerance = 1e-8, bool equalNaN = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        using var _ = Autograd.Grad.Disabled();
        var (a, b) = (To(DType.Float64), other.To(DType.Float64));
        var close = a.Eq(b) | ((a - b).Abs() <= (b.Abs() * relativeTolerance) + absoluteTolerance & b.IsFinite());
        return (equalNaN ? close | (a.IsNaN() & b.IsNaN()) : close).All().Item<bool>();
    }

    private void CheckElementType<T>(string operation)
        where T : unmanaged
    {
        if (DTypes.Of<T>() != DType)
        {
            throw new DTypeException($"{operation}: the elements are {DType}, not {typeof(T).Name}. Ask for that type, or convert first: x.To(DType.{DTypes.Of<T>()}).{operation}<{typeof(T).Name}>().");
        }
    }
}
