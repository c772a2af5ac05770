namespace Autograd.NN;

/// <summary>The mean of each window of a signal, [N, C, L] or without N: <see cref="Tensor.AvgPool1d"/>.</summary>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">The distances of neighbouring windows; the window's sizes if left out.</param>
/// <param name="padding">Zeros around the input; 0 if left out.</param>
/// <param name="ceilMode">Whether a window at the end may reach beyond it.</param>
/// <param name="countIncludePad">Whether the zeros around count among the elements.</param>
public sealed class AvgPool1d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, bool ceilMode = false, bool countIncludePad = true) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => PoolText.Of(kernelSize, stride, padding, ceilMode) + (countIncludePad ? "" : ", countIncludePad: false");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AvgPool1d(kernelSize, stride, padding, ceilMode, countIncludePad);
}

/// <summary>The mean of each window of an image, [N, C, H, W] or without N: <see cref="Tensor.AvgPool2d"/>.</summary>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">The distances of neighbouring windows; the window's sizes if left out.</param>
/// <param name="padding">Zeros around the input; 0 if left out.</param>
/// <param name="ceilMode">Whether a window at the end may reach beyond it.</param>
/// <param name="countIncludePad">Whether the zeros around count among the elements.</param>
/// <param name="divisorOverride">What sums are divided by instead of the number of elements.</param>
public sealed class AvgPool2d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => PoolText.Of(kernelSize, stride, padding, ceilMode) + (countIncludePad ? "" : ", countIncludePad: false") + (divisorOverride is null ? "" : $", divisorOverride: {divisorOverride}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AvgPool2d(kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
}

/// <summary>The mean of each window of a volume, [N, C, D, H, W] or without N: <see cref="Tensor.AvgPool3d"/>.</summary>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">The distances of neighbouring windows; the window's sizes if left out.</param>
/// <param name="padding">Zeros around the input; 0 if left out.</param>
/// <param name="ceilMode">Whether a window at the end may reach beyond it.</param>
/// <param name="countIncludePad">Whether the zeros around count among the elements.</param>
/// <param name="divisorOverride">What sums are divided by instead of the number of elements.</param>
public sealed class AvgPool3d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => PoolText.Of(kernelSize, stride, padding, ceilMode) + (countIncludePad ? "" : ", countIncludePad: false") + (divisorOverride is null ? "" : $", divisorOverride: {divisorOverride}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AvgPool3d(kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
}
