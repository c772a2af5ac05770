namespace Autograd;

public sealed partial class Generator
{
    /// <summary>
    /// Takes the draws for <paramref name="count"/> elements: a value that can be kept, to compute any part of them on any
    /// thread, or all of them again.
    /// </summary>
    internal DrawSequence Reserve(long count) => TakeBlocks(DrawSequence.BlocksFor(count));

    /// <inheritdoc cref="DrawSequence.FillUniform"/>
    internal void FillUniform<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Reserve(values.Length).FillUniform(values);

    /// <inheritdoc cref="DrawSequence.FillNormal"/>
    internal void FillNormal<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Reserve(values.Length).FillNormal(values);

    /// <inheritdoc cref="DrawSequence.FillIntegers"/>
    /// <param name="values">Receives the integers.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">One more than the greatest value.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not greater than <paramref name="low"/>.</exception>
    internal void FillIntegers(Span<long> values, long low, long high)
    {
        if (high <= low)
            throw new ArgumentOutOfRangeException(nameof(high), high, $"Random integers of [low, high) need low < high, but low is {low} and high is {high}; high itself is excluded.");
        Reserve(values.Length).FillIntegers(values, low, high);
    }

    /// <inheritdoc cref="DrawSequence.FillPermutation"/>
    internal void FillPermutation(Span<long> permutation) => Reserve(permutation.Length).FillPermutation(permutation);
}
