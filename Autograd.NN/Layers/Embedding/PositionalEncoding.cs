namespace Autograd.NN;

/// <summary>x + PE, where position p has PE(p, 2i) = sin(p/10000^(2i/d)) and PE(p, 2i + 1) = cos(p/10000^(2i/d)). (Vaswani et al., "Attention is all you need", 2017.)</summary>
/// <remarks>Positions are the dimension before the last: […, L, d]; with attention layers, that is their <c>batchFirst: true</c>. Nothing is learned or saved.</remarks>
public sealed class SinusoidalPositionalEncoding : Layer
{
    private readonly Tensor table;

    /// <summary>An encoding of positions.</summary>
    /// <param name="dModel">d: the size of the last dimension; above 0.</param>
    /// <param name="maxLength">The greatest number of positions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    public SinusoidalPositionalEncoding(int dModel, int maxLength = 5000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dModel);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        var frequencies = ((Tensor.Arange((dModel + 1) / 2).To(DType.Float64) * (-2 * Math.Log(10000) / dModel))).Exp();
        var angles = Tensor.Arange(maxLength).To(DType.Float64).Outer(frequencies);
        table = Tensor.Stack([angles.Sin(), angles.Cos()], -1).Flatten(1).Narrow(1, 0, dModel);
    }

    /// <inheritdoc/>
    protected override string HyperParameters => $"dModel: {table.Shape[1]}, maxLength: {table.Shape[0]}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x + Positions.Of(table, x, 0, this).To(x.DType);
}

/// <summary>x + w, where w holds a learned vector for each position. (Gehring et al., "Convolutional sequence to sequence learning", 2017.)</summary>
/// <remarks>Positions are the dimension before the last: […, L, d]. The vectors start distributed as N(0, 0.02²).</remarks>
public sealed class LearnedPositionalEncoding : Layer
{
    /// <summary>An encoding of positions.</summary>
    /// <param name="maxLength">The greatest number of positions; above 0.</param>
    /// <param name="dModel">d: the size of the last dimension; above 0.</param>
    /// <param name="generator">Where the vectors come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    public LearnedPositionalEncoding(int maxLength, int dModel, Generator? generator = null, DType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dModel);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        Weight = Initialize.Normal(new Parameter(Tensor.Zeros([maxLength, dModel], dtype)), 0, 0.02, generator);
    }

    /// <summary>The vectors: [maxLength, d].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => $"maxLength: {Weight.Shape[0]}, dModel: {Weight.Shape[1]}";

    /// <summary>The encoding of a part of a sequence.</summary>
    /// <param name="x">[…, L, d].</param>
    /// <param name="offset">The position of its first element, as when tokens are generated one after the other.</param>
    public Tensor Forward(Tensor x, int offset) => ForwardBy(x, y => y + Positions.Of(Weight, y, offset, this));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x + Positions.Of(Weight, x, 0, this);
}

/// <summary>Rotates pairs of coordinates by angles that grow with the position: (x₂ᵢ, x₂ᵢ₊₁) at position p by p/base^(2i/d), so that products of queries and keys depend on their distance alone.
/// (Su et al., "RoFormer: enhanced transformer with rotary position embedding", 2021.)</summary>
/// <remarks>Positions are the dimension before the last: […, L, d], d even.</remarks>
public sealed class RotaryPositionalEncoding : Layer
{
    private readonly double @base;
    private readonly int headDim;
    private readonly bool interleaved;

    /// <summary>An encoding of positions.</summary>
    /// <param name="headDim">d: the size of the last dimension; even, above 0.</param>
    /// <param name="base">The base of the angles.</param>
    /// <param name="interleaved">Whether neighbours are pairs, as in the paper; else the pairs are (xᵢ, xᵢ₊d/2), as many published models have it.</param>
    /// <exception cref="ArgumentException">The size is odd.</exception>
    public RotaryPositionalEncoding(int headDim, double @base = 10000, bool interleaved = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(headDim);
        (this.headDim, this.@base, this.interleaved) = headDim % 2 == 0
            ? (headDim, @base, interleaved)
            : throw new ArgumentException($"RotaryPositionalEncoding: {headDim} coordinates are no pairs; the number must be even.", nameof(headDim));
    }

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"headDim: {headDim}, base: {@base}") + (interleaved ? "" : ", interleaved: false");

    /// <summary>The encoding of a part of a sequence.</summary>
    /// <param name="x">[…, L, d].</param>
    /// <param name="offset">The position of its first element, as when tokens are generated one after the other.</param>
    /// <exception cref="ShapeException">The last dimension has another size.</exception>
    public Tensor Forward(Tensor x, int offset) => ForwardBy(x, y => Rotate(y, offset));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => Rotate(x, 0);

    private Tensor Rotate(Tensor x, int offset)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2 || x.Shape[-1] != headDim)
        {
            throw new ShapeException($"{this}: the input has shape {x.Shape}; it must be [..., positions, {headDim}].");
        }

        var frequencies = (Tensor.Arange(headDim / 2).To(DType.Float64) * (-2 * Math.Log(@base) / headDim)).Exp();
        var angles = (Tensor.Arange(x.Shape[-2]).To(DType.Float64) + offset).Outer(frequencies);
        var (cos, sin) = (angles.Cos().To(x.DType), angles.Sin().To(x.DType));
        var pairs = interleaved ? x.Unflatten(-1, -1, 2) : x.Unflatten(-1, 2, -1).Transpose(-2, -1);
        var (a, b) = (pairs.Select(-1, 0), pairs.Select(-1, 1));
        return Tensor.Stack([(a * cos) - (b * sin), (a * sin) + (b * cos)], interleaved ? -1 : -2).Flatten(-2);
    }
}

/// <summary>The part of a table that belongs to a sequence.</summary>
internal static class Positions
{
    public static Tensor Of(Tensor table, Tensor x, int offset, Layer layer)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return x.Rank >= 2 && x.Shape[-1] == table.Shape[1] && offset + (long)x.Shape[-2] <= table.Shape[0]
            ? table.Narrow(0, offset, x.Shape[-2])
            : throw new ShapeException($"{layer}: the input has shape {x.Shape} and begins at position {offset}; it must be [..., positions, {table.Shape[1]}] with positions up to {table.Shape[0]}.");
    }
}
