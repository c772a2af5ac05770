namespace Autograd;

public partial class Tensor
{
    /// <summary>Group normalization: (x − mean)/√(variance + ε)·weight + bias, with mean and variance over groups of channels of each example. (Wu, He, "Group normalization", 2018.)</summary>
    /// <param name="numGroups">The number of groups; it divides the number of channels.</param>
    /// <param name="weight">[C]; ones if left out.</param>
    /// <param name="bias">[C]; zeros if left out.</param>
    /// <param name="eps">ε.</param>
    /// <returns>Of shape [N, C, …], as this tensor.</returns>
    /// <exception cref="ShapeException">The rank is below 2, the channels are no multiple of the groups, or parameters are not of shape [C].</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor GroupNorm(int numGroups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
    {
        CheckChannels([weight, bias], nameof(GroupNorm));
        if (numGroups < 1 || Shape[1] % numGroups != 0)
        {
            throw new ShapeException($"GroupNorm: {numGroups} groups do not divide the {Shape[1]} channels of shape {Shape}.");
        }

        int[] groups = [Shape[0], numGroups, Shape[1] / numGroups, .. Shape.AsSpan()[2..]];
        int[] dims = [.. Enumerable.Range(2, Rank - 1)];
        return Affine(Reshape(groups).Standardized(dims, eps).Reshape(Shape), PerChannel(weight), PerChannel(bias));
    }

    /// <summary>Local response normalization: x/(k + α·mean x²)^β, with the mean over <paramref name="size"/> neighbouring channels, of which those beyond the ends count as 0. (Krizhevsky et al., 2012.)</summary>
    /// <param name="size">The number of channels around each one; 1 or more.</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    /// <param name="k">k.</param>
    /// <exception cref="ShapeException">The rank is below 3: the shape must be [N, C, …].</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public Tensor LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    {
        Require.AtLeast(size, 1, nameof(LocalResponseNorm));
        RequireFloatingPoint(nameof(LocalResponseNorm));
        if (Rank < 3)
        {
            throw new ShapeException($"LocalResponseNorm: shape {Shape} must be [N, C, …] with at least one dimension behind the channels.");
        }

        var squares = Square().MoveDim(1, -1).Pad([size / 2, (size - 1) / 2]);
        var sum = squares.Narrow(-1, 0, Shape[1]);
        for (var i = 1; i < size; i++)
        {
            sum += squares.Narrow(-1, i, Shape[1]);
        }

        return this / ((sum.MoveDim(-1, 1) * (alpha / size)) + k).Pow(beta);
    }
}
