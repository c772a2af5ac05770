namespace Autograd;

public partial class Tensor
{
    /// <summary>The mean of each window of a signal, [..., channels, length].</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Zeros in front and behind: at most half of a window.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding (where nothing is counted).</param>
    /// <param name="countIncludePad">Whether the zeros count as elements.</param>
    /// <exception cref="ShapeException">The rank is neither 2 nor 3, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor AvgPool1d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, bool ceilMode = false, bool countIncludePad = true)
        => Pooling.Average(this, Pooling.Sliding(this, 1, kernelSize, stride, padding, default, ceilMode, nameof(AvgPool1d)), countIncludePad, null, nameof(AvgPool1d));

    /// <summary>The means of as many windows as asked for, which cover a signal, [..., channels, length]: window o of n has the elements ⌊o·size/n⌋ to ⌈(o + 1)·size/n⌉ − 1.</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 2 nor 3, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor AdaptiveAvgPool1d(SpatialSizes outputSize)
        => Pooling.Average(this, Pooling.Adaptive(this, 1, outputSize, nameof(AdaptiveAvgPool1d)), countIncludePad: true, null, nameof(AdaptiveAvgPool1d));

    /// <summary>The mean of each window of an image, [..., channels, height, width].</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Zeros in front and behind: at most half of a window.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding (where nothing is counted).</param>
    /// <param name="countIncludePad">Whether the zeros count as elements.</param>
    /// <param name="divisorOverride">What sums are divided by, instead of the number of elements.</param>
    /// <exception cref="ShapeException">The rank is neither 3 nor 4, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor AvgPool2d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null)
        => Pooling.Average(this, Pooling.Sliding(this, 2, kernelSize, stride, padding, default, ceilMode, nameof(AvgPool2d)), countIncludePad, divisorOverride, nameof(AvgPool2d));

    /// <summary>The means of as many windows as asked for, which cover an image, [..., channels, height, width]: window o of n has the elements ⌊o·size/n⌋ to ⌈(o + 1)·size/n⌉ − 1.</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 3 nor 4, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor AdaptiveAvgPool2d(SpatialSizes outputSize)
        => Pooling.Average(this, Pooling.Adaptive(this, 2, outputSize, nameof(AdaptiveAvgPool2d)), countIncludePad: true, null, nameof(AdaptiveAvgPool2d));

    /// <summary>The mean of each window of a volume, [..., channels, depth, height, width].</summary>
    /// <param name="kernelSize">The sizes of a window.</param>
    /// <param name="stride">The distances of neighbouring windows; those sizes if left out.</param>
    /// <param name="padding">Zeros in front and behind: at most half of a window.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding (where nothing is counted).</param>
    /// <param name="countIncludePad">Whether the zeros count as elements.</param>
    /// <param name="divisorOverride">What sums are divided by, instead of the number of elements.</param>
    /// <exception cref="ShapeException">The rank is neither 4 nor 5, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor AvgPool3d(SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null)
        => Pooling.Average(this, Pooling.Sliding(this, 3, kernelSize, stride, padding, default, ceilMode, nameof(AvgPool3d)), countIncludePad, divisorOverride, nameof(AvgPool3d));

    /// <summary>The means of as many windows as asked for, which cover a volume, [..., channels, depth, height, width]: window o of n has the elements ⌊o·size/n⌋ to ⌈(o + 1)·size/n⌉ − 1.</summary>
    /// <param name="outputSize">The numbers of windows; −1 for as many as there are elements.</param>
    /// <exception cref="ShapeException">The rank is neither 4 nor 5, a window does not fit, or there are no elements.</exception>
    /// <exception cref="ArgumentException">A size is out of range, or their number is wrong.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor AdaptiveAvgPool3d(SpatialSizes outputSize)
        => Pooling.Average(this, Pooling.Adaptive(this, 3, outputSize, nameof(AdaptiveAvgPool3d)), countIncludePad: true, null, nameof(AdaptiveAvgPool3d));
}
