namespace Autograd.NN;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias, with mean and variance over the last dimensions. (Ba et al., "Layer normalization", 2016.)</summary>
public sealed class LayerNorm : Layer
{
    private readonly double eps;
    private readonly int[] normalizedShape;

    /// <summary>A layer that normalizes over the last dimensions.</summary>
    /// <param name="normalizedShape">Their sizes, or the size of the last one.</param>
    /// <param name="eps">ε.</param>
    /// <param name="elementwiseAffine">Whether there is a weight.</param>
    /// <param name="bias">Whether there is a bias beside the weight.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    public LayerNorm(SpatialSizes normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true, DType? dtype = null)
    {
        (this.normalizedShape, this.eps) = ([.. normalizedShape], eps);
        Weight = elementwiseAffine ? new Parameter(Tensor.Ones(this.normalizedShape, dtype)) : null;
        Bias = elementwiseAffine && bias ? new Parameter(Tensor.Zeros(this.normalizedShape, dtype)) : null;
    }

    /// <summary>The factors, of the normalized sizes, 1 at first; null without.</summary>
    public Parameter? Weight { get; }

    /// <summary>What is added, of the normalized sizes, 0 at first; null without.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string HyperParameters
        => FormattableString.Invariant($"normalizedShape: [{string.Join(", ", normalizedShape)}], eps: {eps}") + (Weight is null ? ", elementwiseAffine: false" : Bias is null ? ", bias: false" : "");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LayerNorm(normalizedShape, Weight, Bias, eps);
}

/// <summary>y = x/√(mean x² + ε)·weight, with the mean over the last dimensions. (Zhang, Sennrich, "Root mean square layer normalization", 2019.)</summary>
public sealed class RmsNorm : Layer
{
    private readonly double? eps;
    private readonly int[] normalizedShape;

    /// <summary>A layer that normalizes over the last dimensions.</summary>
    /// <param name="normalizedShape">Their sizes, or the size of the last one.</param>
    /// <param name="eps">ε; left out, the distance from 1 to the next number of the type.</param>
    /// <param name="elementwiseAffine">Whether there is a weight.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    public RmsNorm(SpatialSizes normalizedShape, double? eps = null, bool elementwiseAffine = true, DType? dtype = null)
    {
        (this.normalizedShape, this.eps) = ([.. normalizedShape], eps);
        Weight = elementwiseAffine ? new Parameter(Tensor.Ones(this.normalizedShape, dtype)) : null;
    }

    /// <summary>The factors, of the normalized sizes, 1 at first; null without.</summary>
    public Parameter? Weight { get; }

    /// <inheritdoc/>
    protected override string HyperParameters
        => $"normalizedShape: [{string.Join(", ", normalizedShape)}]" + (eps is null ? "" : FormattableString.Invariant($", eps: {eps}")) + (Weight is null ? ", elementwiseAffine: false" : "");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.RmsNorm(normalizedShape, Weight, eps);
}
