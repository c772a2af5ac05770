namespace Autograd.NN;

/// <summary>Dropout for SELU: in training, sets elements to α′ = −λα = −1.758… with probability p, and then takes a·x + b, so that mean 0 and variance 1 stay.
/// a = (q + α′²q(1 − q))^−½, b = −a(1 − q)α′, q = 1 − p. (Klambauer et al., "Self-normalizing neural networks", 2017.)</summary>
/// <param name="p">The probability, 0 to 1.</param>
/// <param name="generator">Decides what is dropped; left out, <see cref="Generator.Default"/> at the time of each call.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
public sealed class AlphaDropout(double p = 0.5, Generator? generator = null) : Layer
{
    private const double Lowest = -1.7580993408473766;
    private readonly DropoutMask mask = new(p, generator, nameof(AlphaDropout));

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"p: {mask.Probability}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => IsTraining && mask.Probability > 0 ? Apply(x, mask, x.Shape) : x;

    internal static Tensor Apply(Tensor x, DropoutMask mask, ReadOnlySpan<int> shape)
    {
        var q = 1 - mask.Probability;
        if (q == 0)
        {
            return x * 0;
        }

        var a = 1 / Math.Sqrt(q + (Lowest * Lowest * q * (1 - q)));
        return (Tensor.Where(mask.Draw(shape), x, Lowest) * a) - (a * (1 - q) * Lowest);
    }
}

/// <summary>Alpha dropout of whole channels of [N, C, …]: see <see cref="AlphaDropout"/>.</summary>
/// <param name="p">The probability, 0 to 1.</param>
/// <param name="generator">Decides what is dropped; left out, <see cref="Generator.Default"/> at the time of each call.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
public sealed class FeatureAlphaDropout(double p = 0.5, Generator? generator = null) : Layer
{
    private readonly DropoutMask mask = new(p, generator, nameof(FeatureAlphaDropout));

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"p: {mask.Probability}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
        => IsTraining && mask.Probability > 0 ? AlphaDropout.Apply(x, mask, Channels.MaskShape(x, Math.Max(0, x.Rank - 2), nameof(FeatureAlphaDropout))) : x;
}
