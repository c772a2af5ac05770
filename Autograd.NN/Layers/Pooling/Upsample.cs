namespace Autograd.NN;

/// <summary>Images, signals or volumes [N, C, …] resampled to other sizes: <see cref="Tensor.Interpolate(ReadOnlySpan{int}, InterpolationMode, bool, bool)"/>.</summary>
public sealed class Upsample : Layer
{
    private readonly bool alignCorners;
    private readonly InterpolationMode mode;
    private readonly double[]? scaleFactor;
    private readonly int[]? size;

    /// <summary>A layer that resamples to given sizes.</summary>
    /// <param name="size">A size for each dimension behind the channels, or one for all.</param>
    /// <param name="mode">How values between the pixels are found.</param>
    /// <param name="alignCorners">For Linear and Cubic: whether the centres of the corner pixels stay where they are.</param>
    public Upsample(SpatialSizes size, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
        => (this.size, this.mode, this.alignCorners) = ([.. size], mode, alignCorners);

    /// <summary>A layer that resamples by factors.</summary>
    /// <param name="scaleFactor">A factor for each dimension behind the channels, or one for all.</param>
    /// <param name="mode">How values between the pixels are found.</param>
    /// <param name="alignCorners">For Linear and Cubic: whether the centres of the corner pixels stay where they are.</param>
    public Upsample(double[] scaleFactor, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        ArgumentNullException.ThrowIfNull(scaleFactor);
        (this.scaleFactor, this.mode, this.alignCorners) = ([.. scaleFactor], mode, alignCorners);
    }

    /// <inheritdoc/>
    protected override string HyperParameters
        => FormattableString.Invariant($"{(size is null ? $"scaleFactor: [{string.Join(", ", scaleFactor!)}]" : $"size: [{string.Join(", ", size)}]")}, mode: {mode}") + (alignCorners ? ", alignCorners: true" : "");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => size is null ? x.Interpolate(scaleFactor!, mode, alignCorners) : x.Interpolate(size, mode, alignCorners);
}

/// <summary>[…, C·r², H, W] becomes […, C, H·r, W·r]: channels become pixels. (Shi et al., "Real-time single image and video super-resolution", 2016.)</summary>
/// <param name="upscaleFactor">r: above 0.</param>
public sealed class PixelShuffle(int upscaleFactor) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"upscaleFactor: {upscaleFactor}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.PixelShuffle(upscaleFactor);
}

/// <summary>[…, C, H·r, W·r] becomes […, C·r², H, W]: the reverse of <see cref="PixelShuffle"/>.</summary>
/// <param name="downscaleFactor">r: above 0.</param>
public sealed class PixelUnshuffle(int downscaleFactor) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"downscaleFactor: {downscaleFactor}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.PixelUnshuffle(downscaleFactor);
}
