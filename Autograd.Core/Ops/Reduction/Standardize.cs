using Autograd.Kernels;

namespace Autograd;

/// <summary>y = (x − μ)/σ along the last dimension, with the mean μ and σ = √(mean of (x − μ)² + ε). dx = (grad − mean grad − y · mean (grad y))/σ.</summary>
[GradientTest("3x4", "5", "0x3", "2x0", "2x3x4", Arguments = [1e-2])]
internal sealed class StandardizeOp(Tensor x, double epsilon) : RowFunction(x)
{
    public override Reads Reads => Reads.First | Reads.Output;

    protected override void Row<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        var count = T.CreateChecked(x.Length);
        Pairwise.Map<Difference, T>(x, Folding.LongSum(x) / count, y);
        var variance = Folding.LongSumOfSquares<T>(y) / count;
        Pairwise.Map<Product, T>(y, T.One / T.Sqrt(variance + T.CreateChecked(epsilon)), y);
    }

    protected override Tensor Vjp(Tensor grad)
    {
        var centred = X - X.Mean(-1, keepDim: true);
        var scale = (centred.Square().Mean(-1, keepDim: true) + epsilon).Rsqrt();
        return (grad - grad.Mean(-1, keepDim: true) - (Y * (grad * Y).Mean(-1, keepDim: true))) * scale;
    }
}

public partial class Tensor
{
    /// <summary>(x − μ)/√(σ² + ε) along the last dimension: rows of mean 0 and variance 1. μ and σ² are the row's mean and its variance (without correction).</summary>
    /// <param name="eps">ε, which keeps the quotient finite where all elements are equal; 0 or more.</param>
    internal Tensor Standardize(double eps) => new StandardizeOp(this, eps).Apply();
}
