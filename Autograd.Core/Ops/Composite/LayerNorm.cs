namespace Autograd;

public partial class Tensor
{
    /// <summary>Layer normalization: (x − mean)/√(variance + ε)·weight + bias, with mean and variance over the last dimensions. (Ba et al., "Layer normalization", 2016.)</summary>
    /// <param name="normalizedShape">The sizes of the last dimensions, over which is normalized.</param>
    /// <param name="weight">Of these sizes; ones if left out.</param>
    /// <param name="bias">Of these sizes; zeros if left out.</param>
    /// <param name="eps">ε.</param>
    /// <exception cref="ShapeException">The last sizes are others, or weight or bias do not have them.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor LayerNorm(ReadOnlySpan<int> normalizedShape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
        => Affine(Standardized(LastDims(normalizedShape, weight, bias, nameof(LayerNorm)), eps), weight, bias);

    /// <summary>Normalization by the root mean square: x/√(mean x² + ε)·weight, with the mean over the last dimensions. (Zhang, Sennrich, "Root mean square layer normalization", 2019.)</summary>
    /// <param name="normalizedShape">The sizes of the last dimensions, over which is normalized.</param>
    /// <param name="weight">Of these sizes; ones if left out.</param>
    /// <param name="eps">ε; left out, the distance from 1 to the next number of the type.</param>
    /// <exception cref="ShapeException">The last sizes are others, or the weight does not have them.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor RmsNorm(ReadOnlySpan<int> normalizedShape, Tensor? weight = null, double? eps = null)
    {
        var dims = LastDims(normalizedShape, weight, null, nameof(RmsNorm));
        var square = Square().Mean(dims, keepDim: true);
        return Affine(this * (square + (eps ?? (DType == DType.Float32 ? Math.Pow(2, -23) : Math.Pow(2, -52)))).Rsqrt(), weight, null);
    }

    /// <summary>(x − mean)/√(variance + ε), with mean and (biased) variance over some dimensions, in order.</summary>
    private Tensor Standardized(ReadOnlySpan<int> dims, double eps)
    {
        var centred = this - Mean(dims, keepDim: true);
        return centred * (centred.Square().Mean(dims, keepDim: true) + eps).Rsqrt();
    }

    private static Tensor Affine(Tensor x, Tensor? weight, Tensor? bias)
    {
        var y = weight is null ? x : x * weight;
        return bias is null ? y : y + bias;
    }

    private int[] LastDims(ReadOnlySpan<int> normalizedShape, Tensor? weight, Tensor? bias, string operation)
    {
        RequireFloatingPoint(operation);
        var count = normalizedShape.Length;
        if (count == 0 || count > Rank || !Shape.AsSpan()[(Rank - count)..].SequenceEqual(normalizedShape))
        {
            throw new ShapeException($"{operation}: shape {Shape} does not end with the sizes {Shape.Describe(normalizedShape)} over which is to be normalized.");
        }

        RequireParameterShape(weight, normalizedShape, "weight", operation);
        RequireParameterShape(bias, normalizedShape, "bias", operation);
        return [.. Enumerable.Range(Rank - count, count)];
    }

    private static void RequireParameterShape(Tensor? parameter, ReadOnlySpan<int> sizes, string name, string operation)
    {
        if (parameter is not null && !parameter.Shape.AsSpan().SequenceEqual(sizes))
        {
            throw new ShapeException($"{operation}: the {name} has shape {parameter.Shape}; it must have {Shape.Describe(sizes)}.");
        }
    }
}
