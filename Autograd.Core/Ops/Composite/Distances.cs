namespace Autograd;

public partial class Tensor
{
    /// <summary>The cosine of the angle between vectors: Σ x₁x₂ / (max(‖x₁‖, ε)·max(‖x₂‖, ε)) over one dimension.</summary>
    /// <param name="x1">Vectors along <paramref name="dim"/>.</param>
    /// <param name="x2">The others; both broadcast.</param>
    /// <param name="dim">The dimension, of the shape that both broadcast to.</param>
    /// <param name="eps">ε: what a length is at least; above 0, so that a vector of zeros has cosine 0.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public static Tensor CosineSimilarity(Tensor x1, Tensor x2, int dim = 1, double eps = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(x1);
        ArgumentNullException.ThrowIfNull(x2);
        var shape = Shape.TryBroadcast(x1.Shape, x2.Shape) ?? throw Shape.NotBroadcastable(x1.Shape, x2.Shape, nameof(CosineSimilarity));
        dim = Dims.Normalize(dim, shape.Rank, nameof(CosineSimilarity));
        return (Direction(x1) * Direction(x2)).Sum(dim);

        Tensor Direction(Tensor x)
        {
            var expanded = x.Expand(shape);
            return expanded / expanded.Norm(2, dim, keepDim: true).Clamp(min: eps);
        }
    }

    /// <summary>The distance of vectors along the last dimension: ‖x₁ − x₂ + ε‖ in the norm of order p.</summary>
    /// <param name="x1">[..., D].</param>
    /// <param name="x2">[..., D]; both broadcast.</param>
    /// <param name="p">The order of the norm.</param>
    /// <param name="eps">ε: added to each difference, so that the distance of equal vectors has a derivative.</param>
    /// <param name="keepDim">Whether the last dimension stays, with size 1.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast, or both have rank 0.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor PairwiseDistance(Tensor x1, Tensor x2, double p = 2, double eps = 1e-6, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x1);
        ArgumentNullException.ThrowIfNull(x2);
        var shape = Shape.TryBroadcast(x1.Shape, x2.Shape) ?? throw Shape.NotBroadcastable(x1.Shape, x2.Shape, nameof(PairwiseDistance));
        return (x1 - x2 + eps).Norm(p, Dims.Normalize(-1, shape.Rank, nameof(PairwiseDistance)), keepDim);
    }
}
