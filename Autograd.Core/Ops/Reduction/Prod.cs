namespace Autograd;

public partial class Tensor
{
    /// <summary>The product of all elements; 1 for an empty tensor.</summary>
    public Tensor Prod() => Flatten().Prod(0);

    /// <summary>The product over one dimension: Π x, by pairs, pairs of pairs, …, so that its gradients of any order are right at zeros, too. 1 where there is nothing to multiply.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor Prod(int dim, bool keepDim = false)
    {
        var d = Dims.NormalizeScalarAsVector(dim, Rank, nameof(Prod));
        var factors = DType == DType.Bool ? To(DType.Int64) : Captured;
        if (Rank == 0)
        {
            return factors;
        }

        if (factors.Shape[d] == 0)
        {
            return OnesLike(factors.Sum(d, keepDim));
        }

        while (factors.Shape[d] > 1)
        {
            var half = factors.Shape[d] / 2;
            var products = factors.Narrow(d, 0, half) * factors.Narrow(d, half, half);
            factors = factors.Shape[d] % 2 == 0 ? products : Concatenate([products, factors.Narrow(d, 2 * half, 1)], d);
        }

        return keepDim ? factors : factors.Squeeze(d);
    }

    /// <summary>The product over some dimensions.</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    public Tensor Prod(ReadOnlySpan<int> dims, bool keepDim = false)
    {
        var reduced = Dims.ToMask(dims, Rank, nameof(Prod));
        var product = DType == DType.Bool ? To(DType.Int64) : Captured;
        for (var i = reduced.Length - 1; i >= 0; i--)
        {
            product = reduced[i] ? product.Prod(i, keepDim) : product;
        }

        return product;
    }
}
