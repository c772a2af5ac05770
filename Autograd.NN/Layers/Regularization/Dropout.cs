namespace Autograd.NN;

/// <summary>In training, sets each element to 0 with probability p and multiplies the others by 1/(1 − p), so that the mean stays; in evaluation, returns its input.
/// (Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.)</summary>
/// <remarks>What is dropped depends on the generator's state and the input's shape alone, and is the same for Float32 and Float64.</remarks>
/// <param name="p">The probability, 0 to 1; 0 drops nothing, 1 everything.</param>
/// <param name="generator">Decides what is dropped; left out, <see cref="Generator.Default"/> at the time of each call.</param>
/// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
public sealed class Dropout(double p = 0.5, Generator? generator = null) : Layer
{
    private readonly DropoutMask mask = new(p, generator, nameof(Dropout));

    /// <summary>The probability that an element is dropped.</summary>
    public double Probability => mask.Probability;

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"p: {Probability}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => IsTraining && Probability > 0 ? mask.Apply(x, x.Shape) : x;
}
