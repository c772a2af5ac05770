using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>The zeros around the image of a convolution: a number for all spatial dimensions (<c>1</c>), one for each (<c>[1, 2]</c>), <c>"valid"</c> (none) or <c>"same"</c>
/// (as many as make the result as large as the image; where that is an odd number, one more behind than in front).</summary>
[CollectionBuilder(typeof(ConvolutionPadding), nameof(Create))]
public readonly struct ConvolutionPadding : IEquatable<ConvolutionPadding>
{
    private readonly SpatialSizes sizes;

    private ConvolutionPadding(SpatialSizes sizes, bool isSame) => (this.sizes, IsSame) = (sizes, isSame);

    /// <summary>Whether the result is to be as large as the image.</summary>
    internal bool IsSame { get; }

    /// <summary>So many zeros in front of and behind every dimension.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator ConvolutionPadding(int number) => new(number, isSame: false);

    /// <summary>So many zeros in front of and behind each dimension.</summary>
    /// <param name="sizes">The numbers.</param>
    public static implicit operator ConvolutionPadding(SpatialSizes sizes) => new(sizes, isSame: false);

    /// <summary><c>"same"</c> or <c>"valid"</c>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">It is another text.</exception>
    public static implicit operator ConvolutionPadding(string name) => name switch
    {
        "same" => new(default, isSame: true),
        "valid" => default,
        _ => throw new ArgumentException($"Padding '{name}' is not known; it is \"same\", \"valid\", or numbers of zeros.", nameof(name)),
    };

    /// <summary>Whether both are the same padding.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ConvolutionPadding left, ConvolutionPadding right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ConvolutionPadding left, ConvolutionPadding right) => !left.Equals(right);

    /// <summary>A number of zeros for each dimension.</summary>
    /// <param name="numbers">The numbers, outermost dimension first.</param>
    public static ConvolutionPadding Create(ReadOnlySpan<int> numbers) => new(SpatialSizes.Create(numbers), isSame: false);

    /// <summary>The numbers, for a collection expression.</summary>
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => sizes.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ConvolutionPadding other) => sizes == other.sizes && IsSame == other.IsSame;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ConvolutionPadding other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(sizes, IsSame);

    /// <summary>The numbers in brackets, or <c>same</c>.</summary>
    public override string ToString() => IsSame ? "same" : sizes.IsDefault ? "valid" : sizes.ToString();

    /// <summary>The numbers of each of <paramref name="rank"/> dimensions, if it is not "same".</summary>
    internal int[] For(int rank, string operation) => (sizes.IsDefault ? 0 : sizes).For(rank, 0, operation, "padding");
}
