using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>Numbers that belong to the spatial dimensions of an image, a signal or a volume: one for all of them (<c>3</c>), or one for each, outermost first (<c>[3, 5]</c>).</summary>
[CollectionBuilder(typeof(SpatialSizes), nameof(Create))]
public readonly struct SpatialSizes : IEquatable<SpatialSizes>
{
    private readonly int[]? numbers;

    private SpatialSizes(int[] numbers) => this.numbers = numbers;

    /// <summary>Whether nothing was given.</summary>
    internal bool IsDefault => numbers is null;

    /// <summary>One number for all dimensions.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator SpatialSizes(int number) => new([number]);

    /// <summary>Whether both are the same numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(SpatialSizes left, SpatialSizes right) => left.Equals(right);

    /// <summary>Whether the numbers differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(SpatialSizes left, SpatialSizes right) => !left.Equals(right);

    /// <summary>One number for each dimension.</summary>
    /// <param name="numbers">The numbers, outermost dimension first.</param>
    public static SpatialSizes Create(ReadOnlySpan<int> numbers) => new(numbers.ToArray());

    /// <summary>The numbers, for a collection expression.</summary>
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => new ReadOnlySpan<int>(numbers).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(SpatialSizes other) => numbers.AsSpan().SequenceEqual(other.numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SpatialSizes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The numbers in brackets.</summary>
    public override string ToString() => Shape.Describe(numbers);

    /// <summary>The number of each of <paramref name="rank"/> dimensions.</summary>
    /// <param name="rank">The number of spatial dimensions.</param>
    /// <param name="least">The least number that makes sense.</param>
    /// <param name="operation">The operation, for a message.</param>
    /// <param name="what">What the numbers are, for a message.</param>
    internal int[] For(int rank, int least, string operation, string what)
    {
        var given = numbers ?? [];
        if (given.Length != 1 && given.Length != rank)
        {
            throw new ArgumentException($"{operation}: {what} {this} names {given.Length} numbers; give one for all of the {rank} spatial dimensions, or one for each.", what);
        }

        foreach (var number in given)
        {
            if (number < least)
            {
                throw new ArgumentOutOfRangeException(what, number, $"{operation}: {what} must be at least {least}, not {number}.");
            }
        }

        var each = new int[rank];
        for (var i = 0; i < rank; i++)
        {
            each[i] = given[given.Length == 1 ? 0 : i];
        }

        return each;
    }
}
