namespace Autograd;

public partial class Tensor
{
    /// <summary>Running products along one dimension: yₗ = x₀ · … · xₗ, by pairs, pairs of pairs, …, so that gradients of any order are right at zeros, too. Of Bool and Int64 elements in Int64.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor CumProd(int dim) => To(Promotion.Number(this)).Scan(dim, nameof(CumProd), (a, b) => a * b);

    /// <summary>Running logarithms of sums along one dimension: yₗ = ln(e^x₀ + … + e^xₗ), without overflow.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor LogCumSumExp(int dim) => To(DType.ToFloatingPoint()).Scan(dim, nameof(LogCumSumExp), (a, b) => a.LogAddExp(b));

    /// <summary>yₗ = x₀ ⊕ … ⊕ xₗ for an associative ⊕, in ⌈log₂ n⌉ steps: after the k-th, each element holds the last 2ᵏ up to itself. (Hillis, Steele, "Data parallel algorithms", 1986.)</summary>
    private Tensor Scan(int dim, string operation, Func<Tensor, Tensor, Tensor> combine)
    {
        var d = Dims.NormalizeScalarAsVector(dim, Rank, operation);
        var y = Captured;
        var length = Rank == 0 ? 1 : Shape[d];
        for (var reach = 1; reach < length; reach *= 2)
        {
            var combined = combine(y.Narrow(d, 0, length - reach), y.Narrow(d, reach, length - reach));
            y = Concatenate([y.Narrow(d, 0, reach), combined], d);
        }

        return y;
    }
}
