using System.Runtime.InteropServices;

namespace Autograd;

public partial class Tensor
{
    /// <summary>A tensor of the given values, which are copied: <c>Tensor.From([0f, 1, 1, 0], [2, 2])</c>.</summary>
    /// <param name="values">The values in row-major order.</param>
    /// <param name="shape">The sizes; left out or empty, a vector of all the values (for a single number of rank 0 see <see cref="From(Scalar, DType?, bool)"/>).</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    /// <exception cref="ShapeException">The number of values is not the product of the sizes.</exception>
    public static Tensor From(ReadOnlySpan<float> values, ReadOnlySpan<int> shape = default, bool requiresGrad = false) => Copy(values, shape, requiresGrad);

    /// <inheritdoc cref="From(ReadOnlySpan{float}, ReadOnlySpan{int}, bool)"/>
    public static Tensor From(ReadOnlySpan<double> values, ReadOnlySpan<int> shape = default, bool requiresGrad = false) => Copy(values, shape, requiresGrad);

    /// <inheritdoc cref="From(ReadOnlySpan{float}, ReadOnlySpan{int}, bool)"/>
    public static Tensor From(ReadOnlySpan<long> values, ReadOnlySpan<int> shape = default) => Copy(values, shape, requiresGrad: false);

    /// <inheritdoc cref="From(ReadOnlySpan{float}, ReadOnlySpan{int}, bool)"/>
    public static Tensor From(ReadOnlySpan<int> values, ReadOnlySpan<int> shape = default)
    {
        var tensor = Allocate.Tensor(ShapeFor(values.Length, shape), DType.Int64);
        TensorPrimitives.ConvertChecked(values, tensor.Elements<long>());
        return tensor;
    }

    /// <inheritdoc cref="From(ReadOnlySpan{float}, ReadOnlySpan{int}, bool)"/>
    public static Tensor From(ReadOnlySpan<bool> values, ReadOnlySpan<int> shape = default) => Copy(values, shape, requiresGrad: false);

    /// <summary>A matrix of the given values, which are copied.</summary>
    /// <param name="values">The rows: <see cref="float"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/> or <see cref="bool"/>.</param>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is another type.</exception>
    public static Tensor From<T>(T[,] values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromArray<T>(values);
    }

    /// <summary>A tensor of rank 3 of the given values, which are copied.</summary>
    /// <param name="values">The values: <see cref="float"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/> or <see cref="bool"/>.</param>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <exception cref="DTypeException"><typeparamref name="T"/> is another type.</exception>
    public static Tensor From<T>(T[,,] values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromArray<T>(values);
    }

    /// <summary>A single number, of rank 0.</summary>
    /// <param name="value">The number. Its type decides the element type: whole numbers give Int64, truth values Bool, others the default floating-point type.</param>
    /// <param name="dtype">Another element type.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    public static Tensor From(Scalar value, DType? dtype = null, bool requiresGrad = false) => Full([], value, dtype, requiresGrad);

    /// <summary>A tensor with the same number everywhere.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="value">The number.</param>
    /// <param name="dtype">The element type; left out, Int64 for a whole number, Bool for a truth value, else the default floating-point type.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    public static Tensor Full(ReadOnlySpan<int> shape, Scalar value, DType? dtype = null, bool requiresGrad = false)
        => Full(Shape.Create(shape), value, dtype ?? value.ResultType(DType.Bool), requiresGrad);

    /// <summary>A tensor of zeros.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="dtype">The element type; left out, the default floating-point type.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    public static Tensor Zeros(ReadOnlySpan<int> shape, DType? dtype = null, bool requiresGrad = false)
        => Full(Shape.Create(shape), 0, dtype ?? DType.Default, requiresGrad);

    /// <summary>A tensor of ones.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="dtype">The element type; left out, the default floating-point type.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    public static Tensor Ones(ReadOnlySpan<int> shape, DType? dtype = null, bool requiresGrad = false)
        => Full(Shape.Create(shape), 1, dtype ?? DType.Default, requiresGrad);

    /// <summary>Zeros in the shape and element type of another tensor.</summary>
    /// <param name="other">The tensor whose shape and type count.</param>
    public static Tensor ZerosLike(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Allocate.Zeros(other.Shape, other.DType);
    }

    /// <summary>Ones in the shape and element type of another tensor.</summary>
    /// <param name="other">The tensor whose shape and type count.</param>
    public static Tensor OnesLike(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Full(other.Shape, 1, other.DType, requiresGrad: false);
    }

    /// <summary>The same number everywhere, in the shape and element type of another tensor.</summary>
    /// <param name="other">The tensor whose shape and type count.</param>
    /// <param name="value">The number, converted to that type.</param>
    /// <param name="dtype">Another element type.</param>
    public static Tensor FullLike(Tensor other, Scalar value, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Full(other.Shape, value, dtype ?? other.DType, requiresGrad: false);
    }

    /// <summary>The numbers <paramref name="start"/>, start + step, … below <paramref name="end"/> (above it for a negative step).</summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">The bound, not included.</param>
    /// <param name="step">The distance; not 0.</param>
    /// <param name="dtype">The element type; left out, Int64 if all three are whole numbers, else the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0 or leads away from the end, or there are too many.</exception>
    public static Tensor Arange(Scalar start, Scalar end, Scalar? step = null, DType? dtype = null)
    {
        var by = step ?? 1;
        var whole = start.Category == DType.Int64 && end.Category == DType.Int64 && by.Category == DType.Int64;
        var steps = (end.ToDouble() - start.ToDouble()) / by.ToDouble();
        if (by.ToDouble() == 0 || steps < 0 || double.IsNaN(steps))
        {
            throw new ArgumentOutOfRangeException(nameof(step), $"Arange: steps of {by} do not lead from {start} to {end}.");
        }

        if (steps > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(end), $"Arange: there are more than 2^31 - 1 steps of {by} from {start} to {end}, the most that one tensor can hold.");
        }

        if (whole)
        {
            // In whole numbers, since doubles cannot tell neighbours beyond 2^53 apart.
            var (first, delta) = (start.To<long>(), by.To<long>());
            var numbers = Allocate.Tensor(Shape.Create([(int)(((Int128)end.To<long>() - first + delta - Math.Sign(delta)) / delta)]), DType.Int64);
            var places = numbers.Elements<long>();
            for (var i = 0; i < places.Length; i++)
            {
                places[i] = first + (i * delta);
            }

            return dtype is { } wanted ? numbers.To(wanted) : numbers;
        }

        var count = Shape.Create([(int)Math.Ceiling(steps)]);
        var reals = Allocate.Tensor(count, DType.Float64);
        var elements = reals.Elements<double>();
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = start.ToDouble() + (i * by.ToDouble());
        }

        return reals.To(dtype ?? DType.Default);
    }

    /// <summary>The whole numbers 0 … <paramref name="end"/> − 1.</summary>
    /// <param name="end">The bound, not included.</param>
    /// <param name="dtype">The element type; left out, Int64 for a whole bound, else the default floating-point type.</param>
    public static Tensor Arange(Scalar end, DType? dtype = null) => Arange(0, end, 1, dtype ?? (end.Category == DType.Int64 ? DType.Int64 : DType.Default));

    /// <summary><paramref name="count"/> numbers evenly spaced from <paramref name="start"/> to <paramref name="end"/>, both included.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">The last number.</param>
    /// <param name="count">How many; 0 or more. One number is the start.</param>
    /// <param name="dtype">The element type; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static Tensor Linspace(double start, double end, int count, DType? dtype = null)
    {
        Require.AtLeast(count, 0, nameof(Linspace));
        var numbers = Allocate.Tensor(Shape.Create([count]), DType.Float64);
        var elements = numbers.Elements<double>();
        for (var i = 0; i < count; i++)
        {
            // From both ends, so that the last number is exactly the end.
            elements[i] = 2 * i < count
                ? start + ((end - start) / Math.Max(1, count - 1) * i)
                : end - ((end - start) / Math.Max(1, count - 1) * (count - 1 - i));
        }

        return numbers.To(dtype ?? DType.Default);
    }

    /// <summary>The identity matrix: ones on the diagonal, zeros elsewhere.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns; left out, as many as rows.</param>
    /// <param name="dtype">The element type; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Tensor Eye(int rows, int? columns = null, DType? dtype = null)
    {
        Require.AtLeast(rows, 0, nameof(Eye));
        Require.AtLeast(columns ?? rows, 0, nameof(Eye), nameof(columns));
        return Arange(rows).Unsqueeze(1).Eq(Arange(columns ?? rows)).To(dtype ?? DType.Default);
    }

    internal static Tensor Full(Shape shape, Scalar value, DType dtype, bool requiresGrad = false)
    {
        var tensor = Allocate.Tensor(shape, dtype);
        switch (dtype)
        {
            case DType.Float32:
                tensor.Elements<float>().Fill(value.To<float>());
                break;
            case DType.Float64:
                tensor.Elements<double>().Fill(value.To<double>());
                break;
            case DType.Int64:
                tensor.Elements<long>().Fill(value.To<long>());
                break;
            default:
                tensor.Elements<bool>().Fill(value.ToDouble() != 0);
                break;
        }

        return requiresGrad ? tensor.MakeLeaf() : tensor;
    }

    private static Tensor Copy<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> shape, bool requiresGrad)
        where T : unmanaged
    {
        var tensor = Allocate.Tensor(ShapeFor(values.Length, shape), DType.Of<T>());
        values.CopyTo(tensor.Elements<T>());
        return requiresGrad ? tensor.MakeLeaf() : tensor;
    }

    private static Tensor FromArray<T>(Array values)
        where T : unmanaged
    {
        Span<int> sizes = stackalloc int[values.Rank];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = values.GetLength(i);
        }

        var elements = MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
        return typeof(T) == typeof(int) ? From(MemoryMarshal.Cast<T, int>(elements), sizes) : Copy(elements, sizes, requiresGrad: false);
    }

    private static Shape ShapeFor(int count, ReadOnlySpan<int> sizes)
    {
        if (sizes.IsEmpty && count != 1)
        {
            return Shape.Create([count]);
        }

        var shape = sizes.IsEmpty ? Shape.Create([1]) : Shape.Create(sizes);
        return shape.ElementCount == count
            ? shape
            : throw new ShapeException($"Tensor.From: {count} values do not fill shape {shape}, which takes {shape.ElementCount}.");
    }
}
