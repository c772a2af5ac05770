namespace Autograd.NN;

/// <summary>In training, sets each element to 0 with probability p and multiplies the others by 1/(1 − p), so that the mean stays; in evaluation, returns its input.
/// (Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.)</summary>
/// <remarks>What is dropped depends on the generator's state and the input's shape alone, and is the same for Float32 and Float64.</remarks>
public sealed class Dropout : Layer
{
    private readonly double probability;
    private readonly Generator? generator;

    /// <summary>A layer that drops with a given probability.</summary>
    /// <param name="p">The probability, 0 to 1; 0 drops nothing, 1 everything.</param>
    /// <param name="generator">Decides what is dropped; left out, <see cref="Generator.Default"/> at the time of each call.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public Dropout(double p = 0.5, Generator? generator = null)
    {
        probability = p is >= 0 and <= 1
            ? p
            : throw new ArgumentOutOfRangeException(nameof(p), p, "Dropout: the probability that an element is dropped lies between 0 and 1.");
        this.generator = generator;
    }

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"p: {probability}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (!IsTraining || probability == 0)
        {
            return x;
        }

        // Chosen rather than multiplied by 0, which would keep NaN and infinity.
        var kept = Tensor.Rand(x.Shape, DType.Float32, generator: generator) >= probability;
        return Tensor.Where(kept, probability < 1 ? x * (1 / (1 - probability)) : x, 0);
    }
}
