namespace Autograd.NN;

/// <summary>What the layers of convolutions share: a window of weights that moves over the input.</summary>
/// <remarks>Weights and biases start evenly distributed in ±1/√n, n being the number of inputs of one output (LeCun et al., "Efficient BackProp", 1998, in the form that PyTorch uses); <see cref="Initialize"/> has other starts.</remarks>
public abstract class Convolution : Layer
{
    private protected Convolution(
        int rank, int inChannels, int outChannels, SpatialSizes kernelSize, SpatialSizes stride, ConvolutionPadding padding, SpatialSizes dilation, int groups, bool bias, Generator? generator, DType? dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inChannels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outChannels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw new ArgumentException($"{GetType().Name}: {groups} groups must divide {inChannels} input channels and {outChannels} output channels.", nameof(groups));
        }

        int[] kernel = [.. kernelSize];
        kernel = kernel.Length == 1 ? [.. Enumerable.Repeat(kernel[0], rank)] : kernel;
        if (kernel.Length != rank || Array.Exists(kernel, size => size < 1))
        {
            throw new ArgumentException($"{GetType().Name}: kernelSize {kernelSize} must be one number above 0, or {rank} of them.", nameof(kernelSize));
        }

        (Stride, Padding, Dilation, Groups) = (stride, padding, dilation, groups);
        var bound = 1 / Math.Sqrt(kernel.Aggregate((double)inChannels / groups, (product, size) => product * size));
        Weight = Initialize.Uniform(new Parameter(Tensor.Zeros([outChannels, inChannels / groups, .. kernel], dtype)), -bound, bound, generator);
        Bias = bias ? Initialize.Uniform(new Parameter(Tensor.Zeros([outChannels], dtype)), -bound, bound, generator) : null;
    }

    /// <summary>W, of shape [outChannels, inChannels / groups, kernel sizes].</summary>
    public Parameter Weight { get; }

    /// <summary>b, of shape [outChannels]; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <summary>The distances of neighbouring places of the window.</summary>
    public SpatialSizes Stride { get; }

    /// <summary>Zeros in front and behind.</summary>
    public ConvolutionPadding Padding { get; }

    /// <summary>The distances of neighbours in the window.</summary>
    public SpatialSizes Dilation { get; }

    /// <summary>Groups of channels that do not mix.</summary>
    public int Groups { get; }

    /// <inheritdoc/>
    protected override string HyperParameters
        => $"inChannels: {Weight.Shape[1] * Groups}, outChannels: {Weight.Shape[0]}, kernelSize: {SpatialSizes.Create(Weight.Shape.AsSpan()[2..])}"
            + (Stride == default ? "" : $", stride: {Stride}") + (Padding == default ? "" : $", padding: {Padding}") + (Dilation == default ? "" : $", dilation: {Dilation}")
            + (Groups == 1 ? "" : $", groups: {Groups}") + (Bias is null ? ", bias: false" : "");
}
