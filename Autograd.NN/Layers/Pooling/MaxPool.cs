namespace Autograd.NN;

/// <summary>The greatest element of each window of a signal, [N, C, L] or without N: <see cref="Tensor.MaxPool1d"/>.</summary>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">The distances of neighbouring windows; the window's sizes if left out.</param>
/// <param name="padding">Elements around the input that never win; 0 if left out.</param>
/// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
/// <param name="ceilMode">Whether a window at the end may reach beyond it.</param>
public sealed class MaxPool1d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => PoolText.Of(kernelSize, stride, padding, ceilMode) + (dilation == default ? "" : $", dilation: {dilation}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.MaxPool1d(kernelSize, stride, padding, dilation, ceilMode);
}

/// <summary>The greatest element of each window of an image, [N, C, H, W] or without N: <see cref="Tensor.MaxPool2d"/>.</summary>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">The distances of neighbouring windows; the window's sizes if left out.</param>
/// <param name="padding">Elements around the input that never win; 0 if left out.</param>
/// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
/// <param name="ceilMode">Whether a window at the end may reach beyond it.</param>
public sealed class MaxPool2d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => PoolText.Of(kernelSize, stride, padding, ceilMode) + (dilation == default ? "" : $", dilation: {dilation}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.MaxPool2d(kernelSize, stride, padding, dilation, ceilMode);
}

/// <summary>The greatest element of each window of a volume, [N, C, D, H, W] or without N: <see cref="Tensor.MaxPool3d"/>.</summary>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">The distances of neighbouring windows; the window's sizes if left out.</param>
/// <param name="padding">Elements around the input that never win; 0 if left out.</param>
/// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
/// <param name="ceilMode">Whether a window at the end may reach beyond it.</param>
public sealed class MaxPool3d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => PoolText.Of(kernelSize, stride, padding, ceilMode) + (dilation == default ? "" : $", dilation: {dilation}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.MaxPool3d(kernelSize, stride, padding, dilation, ceilMode);
}
