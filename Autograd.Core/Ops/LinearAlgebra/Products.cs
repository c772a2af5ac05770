namespace Autograd;

public partial class Tensor
{
    /// <summary>The inner product of two vectors, Σ xᵢ yᵢ.</summary>
    /// <param name="other">A vector of the same size and element type.</param>
    /// <exception cref="ShapeException">They are not vectors of one size.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor Dot(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rank == 1 && other.Shape == Shape
            ? MatMul(other)
            : throw new ShapeException($"Dot: shapes {Shape} and {other.Shape} are not two vectors of one size. MatMul multiplies matrices; (a * b).Sum() is the inner product of tensors of any shape.");
    }

    /// <summary>The outer product of two vectors: yᵢⱼ = xᵢ otherⱼ.</summary>
    /// <param name="other">A vector of any size.</param>
    /// <exception cref="ShapeException">They are not vectors.</exception>
    public Tensor Outer(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rank == 1 && other.Rank == 1
            ? Unsqueeze(1) * other
            : throw new ShapeException($"Outer: shapes {Shape} and {other.Shape} are not two vectors. Flatten them, or use Unsqueeze and *.");
    }

    /// <summary>The Kronecker product: each element of this tensor replaced by it times the other tensor. Sizes multiply; missing dimensions in front count as 1.</summary>
    /// <param name="other">The tensor that is repeated.</param>
    public Tensor Kron(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var rank = Math.Max(Rank, other.Rank);
        var (outer, inner, merged) = (new int[2 * rank], new int[2 * rank], new int[rank]);
        for (var i = 0; i < rank; i++)
        {
            var (own, others) = (i - rank + Rank, i - rank + other.Rank);
            (outer[2 * i], outer[(2 * i) + 1]) = (own < 0 ? 1 : Shape[own], 1);
            (inner[2 * i], inner[(2 * i) + 1]) = (1, others < 0 ? 1 : other.Shape[others]);
            merged[i] = Shape.Create([outer[2 * i], inner[(2 * i) + 1]]).ElementCount;
        }

        return (Reshape(outer) * other.Reshape(inner)).Reshape(merged);
    }

    /// <summary>The product summed over several dimensions of each: the last <paramref name="dims"/> of this tensor run with the first of the other.</summary>
    /// <param name="other">The other factor, of the same element type.</param>
    /// <param name="dims">How many dimensions.</param>
    /// <exception cref="ShapeException">There are not as many dimensions, or their sizes differ.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor TensorDot(Tensor other, int dims = 2)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (dims < 0 || dims > Rank || dims > other.Rank || !Shape.AsSpan()[(Rank - dims)..].SequenceEqual(other.Shape.AsSpan()[..dims]))
        {
            throw new ShapeException($"TensorDot: the last {dims} sizes of {Shape} must be the first {dims} of {other.Shape}. Einsum sums over any others.");
        }

        ReadOnlySpan<int> rows = Shape.AsSpan()[..(Rank - dims)], columns = other.Shape.AsSpan()[dims..], inner = other.Shape.AsSpan()[..dims];
        int[] sizes = [.. rows, .. columns];
        var (m, k, n) = (Shape.Create(rows).ElementCount, Shape.Create(inner).ElementCount, Shape.Create(columns).ElementCount);
        return Reshape(m, k).MatMul(other.Reshape(k, n)).Reshape(sizes);
    }

    /// <summary>The bilinear form yₖ = xᵀ Wₖ z + bₖ of two inputs.</summary>
    /// <param name="input1">x: [..., n].</param>
    /// <param name="input2">z: [..., m]; the sizes in front broadcast.</param>
    /// <param name="weight">W: [k, n, m].</param>
    /// <param name="bias">b: [k]; none if left out.</param>
    /// <returns>[..., k].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The element types differ.</exception>
    public static Tensor Bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null)
    {
        var y = Einsum("...i,kij,...j->...k", input1, weight, input2);
        return bias is null ? y : y + bias;
    }
}
