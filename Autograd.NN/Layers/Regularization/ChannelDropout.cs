namespace Autograd.NN;

/// <summary>In training, sets whole channels to 0 with probability p and multiplies the others by 1/(1 − p): neighbouring places of a channel are too much alike for dropping one of them to matter.
/// (Tompson et al., "Efficient object localization using convolutional networks", 2015.)</summary>
public abstract class ChannelDropout : Layer
{
    private readonly DropoutMask mask;
    private readonly int spatial;

    private protected ChannelDropout(int spatial, double p, Generator? generator) => (this.spatial, mask) = (spatial, new DropoutMask(p, generator, TypeName));

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"p: {mask.Probability}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => IsTraining && mask.Probability > 0 ? mask.Apply(x, Channels.MaskShape(x, spatial, TypeName)) : x;
}

/// <summary>Shapes with channels.</summary>
internal static class Channels
{
    /// <summary>[N, C, 1, …] or [C, 1, …]: one number for each channel.</summary>
    public static int[] MaskShape(Tensor x, int spatial, string layer)
        => x.Rank == spatial + 1 || x.Rank == spatial + 2
            ? [.. x.Shape.AsSpan()[..(x.Rank - spatial)], .. Enumerable.Repeat(1, spatial)]
            : throw new ShapeException($"{layer}: the input has shape {x.Shape}; it must be [N, C{string.Concat(Enumerable.Repeat(", size", spatial))}], or that without N.");
}

/// <summary>Dropout of whole channels of [N, C, L] or without N: see <see cref="ChannelDropout"/>.</summary>
/// <param name="p">The probability, 0 to 1.</param>
/// <param name="generator">Decides what is dropped; left out, <see cref="Generator.Default"/> at the time of each call.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
public sealed class Dropout1d(double p = 0.5, Generator? generator = null) : ChannelDropout(1, p, generator);

/// <summary>Dropout of whole channels of [N, C, H, W] or without N: see <see cref="ChannelDropout"/>.</summary>
/// <param name="p">The probability, 0 to 1.</param>
/// <param name="generator">Decides what is dropped; left out, <see cref="Generator.Default"/> at the time of each call.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
public sealed class Dropout2d(double p = 0.5, Generator? generator = null) : ChannelDropout(2, p, generator);

/// <summary>Dropout of whole channels of [N, C, D, H, W] or without N: see <see cref="ChannelDropout"/>.</summary>
/// <param name="p">The probability, 0 to 1.</param>
/// <param name="generator">Decides what is dropped; left out, <see cref="Generator.Default"/> at the time of each call.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
public sealed class Dropout3d(double p = 0.5, Generator? generator = null) : ChannelDropout(3, p, generator);
