namespace Autograd.NN;

/// <summary>What the layers of convolutions share: a window of weights that moves over the input.</summary>
/// <remarks>Weights and biases start evenly distributed in ±1/√n, n being the number of inputs of one output (LeCun et al., "Efficient BackProp", 1998, in the form that PyTorch uses); <see cref="Initialize"/> has other starts.</remarks>
public abstract class Convolution : Layer
{
    private protected Convolution(
        int rank, int inChannels, int outChannels, SpatialSizes kernelSize, SpatialSizes stride, ConvolutionPadding padding, SpatialSizes dilation, int groups, bool bias,
        PaddingMode paddingMode, Generator? generator, DType? dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inChannels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outChannels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw new ArgumentException($"{GetType().Name}: {groups} groups must divide {inChannels} input channels and {outChannels} output channels.", nameof(groups));
        }

        var kernel = Sizes.Of(kernelSize, rank, TypeName, nameof(kernelSize));
        if (padding == "same" && paddingMode != PaddingMode.Constant && Array.Exists([.. stride], step => step != 1))
        {
            throw new ArgumentException($"{TypeName}: padding \"same\" makes the output as large as the input; that goes with stride 1, not {stride}. Give the padding as numbers.", nameof(padding));
        }

        (Stride, Padding, Dilation, Groups, PaddingMode) = (stride, padding, dilation, groups, paddingMode);
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

    /// <summary>What the border is made of.</summary>
    public PaddingMode PaddingMode { get; }

    /// <inheritdoc/>
    protected override string HyperParameters
        => $"inChannels: {Weight.Shape[1] * Groups}, outChannels: {Weight.Shape[0]}, kernelSize: {SpatialSizes.Create(Weight.Shape.AsSpan()[2..])}"
            + (Stride == default ? "" : $", stride: {Stride}") + (Padding == default ? "" : $", padding: {Padding}") + (Dilation == default ? "" : $", dilation: {Dilation}")
            + (Groups == 1 ? "" : $", groups: {Groups}") + (PaddingMode == PaddingMode.Constant ? "" : $", paddingMode: {PaddingMode}") + (Bias is null ? ", bias: false" : "");

    /// <inheritdoc/>
    protected override long MultiplyAdds(Shape input, Shape output) => (long)output.ElementCount * (Weight.ElementCount / Weight.Shape[0]);

    /// <summary>The image with its border, unless that is of zeros; and the zeros that the convolution is to add.</summary>
    private protected (Tensor Image, ConvolutionPadding Zeros) Bordered(Tensor x)
    {
        if (PaddingMode == PaddingMode.Constant || Padding == default)
        {
            return (x, Padding);
        }

        var rank = Weight.Rank - 2;
        var border = new int[2 * rank];
        int[] numbers = [.. Padding];
        var dilation = Sizes.Of(Dilation == default ? 1 : Dilation, rank, TypeName, "dilation");
        for (var i = 0; i < rank; i++)
        {
            // "same": as many as the window is longer than 1, the odd one behind. Numbers: as many on both sides. The last dimension comes first.
            var length = dilation[i] * (Weight.Shape[2 + i] - 1);
            var before = Padding == "same" ? length / 2 : numbers[numbers.Length == 1 ? 0 : i];
            (border[2 * (rank - 1 - i)], border[(2 * (rank - 1 - i)) + 1]) = (before, Padding == "same" ? length - before : before);
        }

        return (x.Pad(border, PaddingMode), default);
    }
}
