namespace Autograd.NN;

/// <summary>A convolution of a volume, [N, inChannels, D, H, W] or without N, with <see cref="Convolution.Weight"/>, plus <see cref="Convolution.Bias"/>: <see cref="Tensor.Conv3d"/>.</summary>
/// <param name="inChannels">Channels of the input; above 0.</param>
/// <param name="outChannels">Channels of the output; above 0.</param>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">The distances of neighbouring places of the window; 1 if left out.</param>
/// <param name="padding">The border in front and behind, as numbers or "same"; 0 if left out.</param>
/// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
/// <param name="groups">Groups of channels that do not mix; it divides both numbers of channels.</param>
/// <param name="bias">Whether a bias is added.</param>
/// <param name="paddingMode">What the border is made of: zeros, the mirrored image, its outermost elements, or the image from its other end.</param>
/// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the channels.</exception>
/// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
public sealed class Conv3d(
    int inChannels, int outChannels, SpatialSizes kernelSize, SpatialSizes stride = default, ConvolutionPadding padding = default, SpatialSizes dilation = default, int groups = 1,
    bool bias = true, PaddingMode paddingMode = PaddingMode.Constant, Generator? generator = null, DType? dtype = null)
    : Convolution(3, inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode, generator, dtype)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        var (image, zeros) = Bordered(x);
        return image.Conv3d(Weight, Bias, Stride, zeros, Dilation, Groups);
    }
}
