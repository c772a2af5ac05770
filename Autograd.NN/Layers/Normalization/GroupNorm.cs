namespace Autograd.NN;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias, with mean and variance over groups of channels of each example of [N, C, …]. (Wu, He, "Group normalization", 2018.)</summary>
public sealed class GroupNorm : Layer
{
    private readonly double eps;
    private readonly int numGroups;

    /// <summary>A layer that normalizes groups of channels.</summary>
    /// <param name="numGroups">The number of groups; it divides the number of channels.</param>
    /// <param name="numChannels">C: the number of channels; above 0.</param>
    /// <param name="eps">ε.</param>
    /// <param name="affine">Whether there are weight and bias.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public GroupNorm(int numGroups, int numChannels, double eps = 1e-5, bool affine = true, DType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numGroups);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numChannels);
        (this.numGroups, this.eps, NumChannels) = (numGroups, eps, numChannels);
        if (numChannels % numGroups != 0)
        {
            throw new ArgumentException($"GroupNorm: {numGroups} groups must divide {numChannels} channels.", nameof(numGroups));
        }

        if (affine)
        {
            (Weight, Bias) = (new Parameter(Tensor.Ones([numChannels], dtype)), new Parameter(Tensor.Zeros([numChannels], dtype)));
        }
    }

    /// <summary>The number of channels.</summary>
    public int NumChannels { get; }

    /// <summary>The factors, [C], 1 at first; null without.</summary>
    public Parameter? Weight { get; }

    /// <summary>What is added, [C], 0 at first; null without.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"numGroups: {numGroups}, numChannels: {NumChannels}, eps: {eps}") + (Weight is null ? ", affine: false" : "");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
        => x.Rank > 1 && x.Shape[1] == NumChannels
            ? x.GroupNorm(numGroups, Weight, Bias, eps)
            : throw new ShapeException($"{this}: the input has shape {x.Shape}; it must be [N, {NumChannels}, …].");
}

/// <summary>y = x/(k + α·mean x²)^β, with the mean over neighbouring channels of [N, C, …]. (Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", 2012.)</summary>
/// <param name="size">The number of channels around each one; 1 or more.</param>
/// <param name="alpha">α.</param>
/// <param name="beta">β.</param>
/// <param name="k">k.</param>
public sealed class LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double k = 1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"size: {size}, alpha: {alpha}, beta: {beta}, k: {k}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LocalResponseNorm(size, alpha, beta, k);
}
