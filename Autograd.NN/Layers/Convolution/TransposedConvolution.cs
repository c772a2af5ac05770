namespace Autograd.NN;

/// <summary>What the layers of transposed convolutions share: each element of the input adds the window of weights, times itself, to the output.</summary>
/// <remarks>Weights and biases start evenly distributed in ±1/√n, n being outChannels / groups times the size of the window (PyTorch's start).</remarks>
public abstract class TransposedConvolution : Layer
{
    private protected TransposedConvolution(
        int rank, int inChannels, int outChannels, SpatialSizes kernelSize, SpatialSizes stride, SpatialSizes padding, SpatialSizes outputPadding, int groups, bool bias, SpatialSizes dilation,
        Generator? generator, DType? dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inChannels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outChannels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw new ArgumentException($"{TypeName}: {groups} groups must divide {inChannels} input channels and {outChannels} output channels.", nameof(groups));
        }

        var kernel = Sizes.Of(kernelSize, rank, TypeName, nameof(kernelSize));
        (Stride, Padding, OutputPadding, Dilation, Groups) = (stride, padding, outputPadding, dilation, groups);
        var bound = 1 / Math.Sqrt(kernel.Aggregate((double)outChannels / groups, (product, size) => product * size));
        Weight = Initialize.Uniform(new Parameter(Tensor.Zeros([inChannels, outChannels / groups, .. kernel], dtype)), -bound, bound, generator);
        Bias = bias ? Initialize.Uniform(new Parameter(Tensor.Zeros([outChannels], dtype)), -bound, bound, generator) : null;
    }

    /// <summary>W, of shape [inChannels, outChannels / groups, kernel sizes].</summary>
    public Parameter Weight { get; }

    /// <summary>b, of shape [outChannels]; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <summary>How far apart neighbouring elements of the input are placed.</summary>
    public SpatialSizes Stride { get; }

    /// <summary>Elements that are cut off in front and behind.</summary>
    public SpatialSizes Padding { get; }

    /// <summary>Elements that the output has more behind.</summary>
    public SpatialSizes OutputPadding { get; }

    /// <summary>The distances of neighbours in the window.</summary>
    public SpatialSizes Dilation { get; }

    /// <summary>Groups of channels that do not mix.</summary>
    public int Groups { get; }

    /// <inheritdoc/>
    protected override string HyperParameters
        => $"inChannels: {Weight.Shape[0]}, outChannels: {Weight.Shape[1] * Groups}, kernelSize: {SpatialSizes.Create(Weight.Shape.AsSpan()[2..])}"
            + (Stride == default ? "" : $", stride: {Stride}") + (Padding == default ? "" : $", padding: {Padding}") + (OutputPadding == default ? "" : $", outputPadding: {OutputPadding}")
            + (Groups == 1 ? "" : $", groups: {Groups}") + (Bias is null ? ", bias: false" : "") + (Dilation == default ? "" : $", dilation: {Dilation}");

    /// <inheritdoc/>
    protected override long MultiplyAdds(Shape input, Shape output) => (long)input.ElementCount * (Weight.ElementCount / Weight.Shape[0]);
}
