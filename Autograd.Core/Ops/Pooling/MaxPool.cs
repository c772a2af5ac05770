namespace Autograd;

public partial class Tensor
{
    /// <summary>The greatest element of each window of a signal, [..., channels, length]. Of equal elements the first has the gradient; NaN wins.</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Places in front and behind, which never win: at most half of a window.</param>
    /// <param name="dilation">The distances of neighbours in a window; 1 if left out.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <exception cref="ShapeException">The rank is neither 2 nor 3, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public Tensor MaxPool1d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false)
        => MaxPool1dWithIndices(kernelSize, stride, padding, dilation, ceilMode).Values;

    /// <summary>As <see cref="MaxPool1d"/>, with the place of each greatest element within its signal, counted in row-major order (Int64).</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Places in front and behind, which never win: at most half of a window.</param>
    /// <param name="dilation">The distances of neighbours in a window; 1 if left out.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <exception cref="ShapeException">The rank is neither 2 nor 3, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public (Tensor Values, Tensor Indices) MaxPool1dWithIndices(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false)
        => Pooling.Max(this, Pooling.Sliding(this, 1, kernelSize, stride, padding, dilation, ceilMode, nameof(MaxPool1d)), nameof(MaxPool1d));

    /// <summary>The greatest elements of as many windows as asked for, which cover a signal, [..., channels, length]: window o of n has the elements ⌊o·size/n⌋ to ⌈(o + 1)·size/n⌉ − 1.</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 2 nor 3, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public Tensor AdaptiveMaxPool1d(SpatialSizes outputSize) => AdaptiveMaxPool1dWithIndices(outputSize).Values;

    /// <summary>As <see cref="AdaptiveMaxPool1d"/>, with the place of each greatest element within its signal, counted in row-major order (Int64).</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 2 nor 3, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public (Tensor Values, Tensor Indices) AdaptiveMaxPool1dWithIndices(SpatialSizes outputSize)
        => Pooling.Max(this, Pooling.Adaptive(this, 1, outputSize, nameof(AdaptiveMaxPool1d)), nameof(AdaptiveMaxPool1d));

    /// <summary>The greatest element of each window of an image, [..., channels, height, width]. Of equal elements the first has the gradient; NaN wins.</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Places in front and behind, which never win: at most half of a window.</param>
    /// <param name="dilation">The distances of neighbours in a window; 1 if left out.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <exception cref="ShapeException">The rank is neither 3 nor 4, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public Tensor MaxPool2d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false)
        => MaxPool2dWithIndices(kernelSize, stride, padding, dilation, ceilMode).Values;

    /// <summary>As <see cref="MaxPool2d"/>, with the place of each greatest element within its image, counted in row-major order (Int64).</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Places in front and behind, which never win: at most half of a window.</param>
    /// <param name="dilation">The distances of neighbours in a window; 1 if left out.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <exception cref="ShapeException">The rank is neither 3 nor 4, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public (Tensor Values, Tensor Indices) MaxPool2dWithIndices(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false)
        => Pooling.Max(this, Pooling.Sliding(this, 2, kernelSize, stride, padding, dilation, ceilMode, nameof(MaxPool2d)), nameof(MaxPool2d));

    /// <summary>The greatest elements of as many windows as asked for, which cover an image, [..., channels, height, width]: window o of n has the elements ⌊o·size/n⌋ to ⌈(o + 1)·size/n⌉ − 1.</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 3 nor 4, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public Tensor AdaptiveMaxPool2d(SpatialSizes outputSize) => AdaptiveMaxPool2dWithIndices(outputSize).Values;

    /// <summary>As <see cref="AdaptiveMaxPool2d"/>, with the place of each greatest element within its image, counted in row-major order (Int64).</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 3 nor 4, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public (Tensor Values, Tensor Indices) AdaptiveMaxPool2dWithIndices(SpatialSizes outputSize)
        => Pooling.Max(this, Pooling.Adaptive(this, 2, outputSize, nameof(AdaptiveMaxPool2d)), nameof(AdaptiveMaxPool2d));

    /// <summary>The greatest element of each window of a volume, [..., channels, depth, height, width]. Of equal elements the first has the gradient; NaN wins.</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Places in front and behind, which never win: at most half of a window.</param>
    /// <param name="dilation">The distances of neighbours in a window; 1 if left out.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <exception cref="ShapeException">The rank is neither 4 nor 5, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public Tensor MaxPool3d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false)
        => MaxPool3dWithIndices(kernelSize, stride, padding, dilation, ceilMode).Values;

    /// <summary>As <see cref="MaxPool3d"/>, with the place of each greatest element within its volume, counted in row-major order (Int64).</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Places in front and behind, which never win: at most half of a window.</param>
    /// <param name="dilation">The distances of neighbours in a window; 1 if left out.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <exception cref="ShapeException">The rank is neither 4 nor 5, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public (Tensor Values, Tensor Indices) MaxPool3dWithIndices(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes dilation = default, bool ceilMode = false)
        => Pooling.Max(this, Pooling.Sliding(this, 3, kernelSize, stride, padding, dilation, ceilMode, nameof(MaxPool3d)), nameof(MaxPool3d));

    /// <summary>The greatest elements of as many windows as asked for, which cover a volume, [..., channels, depth, height, width]: window o of n has the elements ⌊o·size/n⌋ to ⌈(o + 1)·size/n⌉ − 1.</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 4 nor 5, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public Tensor AdaptiveMaxPool3d(SpatialSizes outputSize) => AdaptiveMaxPool3dWithIndices(outputSize).Values;

    /// <summary>As <see cref="AdaptiveMaxPool3d"/>, with the place of each greatest element within its volume, counted in row-major order (Int64).</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 4 nor 5, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are Bool.</exception>
    public (Tensor Values, Tensor Indices) AdaptiveMaxPool3dWithIndices(SpatialSizes outputSize)
        => Pooling.Max(this, Pooling.Adaptive(this, 3, outputSize, nameof(AdaptiveMaxPool3d)), nameof(AdaptiveMaxPool3d));
}
