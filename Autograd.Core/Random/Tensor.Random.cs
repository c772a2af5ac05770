namespace Autograd;

public partial class Tensor
{
    /// <summary>Numbers drawn evenly from 0 (included) to 1.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    /// <param name="generator">Where the numbers come from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
    public static Tensor Rand(ReadOnlySpan<int> shape, DType? dtype = null, bool requiresGrad = false, Generator? generator = null)
    {
        var tensor = Drawn(shape, dtype, nameof(Rand));
        generator ??= Generator.Default;
        if (tensor.DType == DType.Float32)
        {
            generator.FillUniform(tensor.Elements<float>());
        }
        else
        {
            generator.FillUniform(tensor.Elements<double>());
        }

        return requiresGrad ? tensor.MakeLeaf() : tensor;
    }

    /// <summary>Numbers drawn from the normal distribution of mean 0 and variance 1.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <param name="requiresGrad">Whether gradients accumulate on it.</param>
    /// <param name="generator">Where the numbers come from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
    public static Tensor Randn(ReadOnlySpan<int> shape, DType? dtype = null, bool requiresGrad = false, Generator? generator = null)
    {
        var tensor = Drawn(shape, dtype, nameof(Randn));
        generator ??= Generator.Default;
        if (tensor.DType == DType.Float32)
        {
            generator.FillNormal(tensor.Elements<float>());
        }
        else
        {
            generator.FillNormal(tensor.Elements<double>());
        }

        return requiresGrad ? tensor.MakeLeaf() : tensor;
    }

    /// <summary>Whole numbers drawn evenly from <paramref name="low"/> (included) to <paramref name="high"/>.</summary>
    /// <param name="low">The least number.</param>
    /// <param name="high">The bound, not included.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="generator">Where the numbers come from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not above the least number.</exception>
    public static Tensor RandInt(long low, long high, ReadOnlySpan<int> shape, Generator? generator = null)
    {
        var tensor = Allocate.Tensor(Shape.Create(shape), DType.Int64);
        (generator ?? Generator.Default).FillIntegers(tensor.Elements<long>(), low, high);
        return tensor;
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order.</summary>
    /// <param name="count">How many; 0 or more.</param>
    /// <param name="generator">Where the order comes from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static Tensor RandPermutation(int count, Generator? generator = null)
    {
        Require.AtLeast(count, 0, nameof(RandPermutation));
        var tensor = Allocate.Tensor(Shape.Create([count]), DType.Int64);
        (generator ?? Generator.Default).FillPermutation(tensor.Elements<long>());
        return tensor;
    }

    /// <summary>Numbers drawn evenly from 0 (included) to 1, in the shape and element type of another tensor.</summary>
    /// <param name="other">The tensor whose shape and type count.</param>
    /// <param name="generator">Where the numbers come from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
    public static Tensor RandLike(Tensor other, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rand(other.Shape, other.DType, generator: generator);
    }

    /// <summary>Numbers drawn from the normal distribution of mean 0 and variance 1, in the shape and element type of another tensor.</summary>
    /// <param name="other">The tensor whose shape and type count.</param>
    /// <param name="generator">Where the numbers come from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
    public static Tensor RandnLike(Tensor other, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Randn(other.Shape, other.DType, generator: generator);
    }

    private static Tensor Drawn(ReadOnlySpan<int> shape, DType? dtype, string operation)
    {
        var type = dtype ?? DType.Default;
        return type.IsFloatingPoint
            ? Allocate.Tensor(Shape.Create(shape), type)
            : throw new DTypeException($"{operation}: random numbers are Float32 or Float64, not {type}. Use RandInt for whole numbers.");
    }
}
