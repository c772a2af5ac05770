namespace Autograd.NN;

/// <summary>A transposed convolution of a signal, [N, inChannels, L] or without N, which makes it larger: <see cref="Tensor.ConvTranspose1d"/>. (Zeiler et al., "Deconvolutional networks", 2010.)</summary>
/// <param name="inChannels">Channels of the input; above 0.</param>
/// <param name="outChannels">Channels of the output; above 0.</param>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">How far apart neighbouring elements of the input are placed; 1 if left out.</param>
/// <param name="padding">Elements that are cut off in front and behind; 0 if left out.</param>
/// <param name="outputPadding">Elements that the output has more behind; 0 if left out.</param>
/// <param name="groups">Groups of channels that do not mix; it divides both numbers of channels.</param>
/// <param name="bias">Whether a bias is added.</param>
/// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
/// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the channels.</exception>
/// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
public sealed class ConvTranspose1d(
    int inChannels, int outChannels, SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes outputPadding = default, int groups = 1, bool bias = true,
    SpatialSizes dilation = default, Generator? generator = null, DType? dtype = null)
    : TransposedConvolution(1, inChannels, outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation, generator, dtype)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.ConvTranspose1d(Weight, Bias, Stride, Padding, OutputPadding, Groups, Dilation);
}

/// <summary>A transposed convolution of an image, [N, inChannels, H, W] or without N, which makes it larger: <see cref="Tensor.ConvTranspose2d"/>. (Zeiler et al., "Deconvolutional networks", 2010.)</summary>
/// <param name="inChannels">Channels of the input; above 0.</param>
/// <param name="outChannels">Channels of the output; above 0.</param>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">How far apart neighbouring elements of the input are placed; 1 if left out.</param>
/// <param name="padding">Elements that are cut off in front and behind; 0 if left out.</param>
/// <param name="outputPadding">Elements that the output has more behind; 0 if left out.</param>
/// <param name="groups">Groups of channels that do not mix; it divides both numbers of channels.</param>
/// <param name="bias">Whether a bias is added.</param>
/// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
/// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the channels.</exception>
/// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
public sealed class ConvTranspose2d(
    int inChannels, int outChannels, SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes outputPadding = default, int groups = 1, bool bias = true,
    SpatialSizes dilation = default, Generator? generator = null, DType? dtype = null)
    : TransposedConvolution(2, inChannels, outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation, generator, dtype)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.ConvTranspose2d(Weight, Bias, Stride, Padding, OutputPadding, Groups, Dilation);
}

/// <summary>A transposed convolution of a volume, [N, inChannels, D, H, W] or without N, which makes it larger: <see cref="Tensor.ConvTranspose3d"/>. (Zeiler et al., "Deconvolutional networks", 2010.)</summary>
/// <param name="inChannels">Channels of the input; above 0.</param>
/// <param name="outChannels">Channels of the output; above 0.</param>
/// <param name="kernelSize">The sizes of the window.</param>
/// <param name="stride">How far apart neighbouring elements of the input are placed; 1 if left out.</param>
/// <param name="padding">Elements that are cut off in front and behind; 0 if left out.</param>
/// <param name="outputPadding">Elements that the output has more behind; 0 if left out.</param>
/// <param name="groups">Groups of channels that do not mix; it divides both numbers of channels.</param>
/// <param name="bias">Whether a bias is added.</param>
/// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
/// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentException">A number is out of range, or the groups do not divide the channels.</exception>
/// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
public sealed class ConvTranspose3d(
    int inChannels, int outChannels, SpatialSizes kernelSize, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes outputPadding = default, int groups = 1, bool bias = true,
    SpatialSizes dilation = default, Generator? generator = null, DType? dtype = null)
    : TransposedConvolution(3, inChannels, outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation, generator, dtype)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.ConvTranspose3d(Weight, Bias, Stride, Padding, OutputPadding, Groups, Dilation);
}
