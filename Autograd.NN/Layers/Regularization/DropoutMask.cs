namespace Autograd.NN;

/// <summary>Which elements dropout keeps.</summary>
/// <param name="p">The probability that one is dropped.</param>
/// <param name="generator">Decides; null for <see cref="Generator.Default"/> at the time of each call.</param>
/// <param name="layer">The layer, for a message.</param>
internal sealed class DropoutMask(double p, Generator? generator, string layer)
{
    /// <summary>The probability, 0 to 1.</summary>
    public double Probability { get; } = p is >= 0 and <= 1
        ? p
        : throw new ArgumentOutOfRangeException(nameof(p), p, $"{layer}: the probability that an element is dropped lies between 0 and 1.");

    /// <summary>True for what is kept.</summary>
    public Tensor Draw(ReadOnlySpan<int> shape) => Tensor.Rand(shape, DType.Float32, generator: generator) >= Probability;

    /// <summary>x with 0 where it is dropped, and else times 1/(1 − p), so that the mean stays. Chosen rather than multiplied by 0, which would keep NaN and infinity.</summary>
    public Tensor Apply(Tensor x, ReadOnlySpan<int> shape) => Tensor.Where(Draw(shape), Probability < 1 ? x * (1 / (1 - Probability)) : x, 0);
}
