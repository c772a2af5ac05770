namespace Autograd.NN;

/// <summary>y = maxₖ(Wₖ x + bₖ), elementwise: the greatest of several linear maps, which is any convex function in pieces of straight lines.
/// (Goodfellow et al., "Maxout networks", 2013.)</summary>
/// <remarks>The input has shape […, inFeatures], the output […, outFeatures]. <c>linear.weight</c> holds the maps one under the other: [pieces·outFeatures, inFeatures].</remarks>
public sealed class Maxout : Layer
{
    private readonly Linear linear;
    private readonly int pieces;

    /// <summary>A layer with random weights.</summary>
    /// <param name="inFeatures">The size of the input's last dimension; above 0.</param>
    /// <param name="outFeatures">The size of the output's last dimension; above 0.</param>
    /// <param name="pieces">The number of maps; above 0.</param>
    /// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    public Maxout(int inFeatures, int outFeatures, int pieces = 2, Generator? generator = null, DType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outFeatures);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pieces);
        this.pieces = pieces;
        linear = new Linear(inFeatures, checked(pieces * outFeatures), generator: generator, dtype: dtype);
    }

    /// <inheritdoc/>
    protected override string HyperParameters => $"pieces: {pieces}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => linear.Forward(x).Unflatten(-1, pieces, linear.Weight.Shape[0] / pieces).Amax(-2);
}
