namespace Autograd;

public partial class Tensor
{
    /// <summary>The vector norm of all elements: (Σ |x|ᵖ)^(1/p).</summary>
    /// <param name="p">The order; 2, the Euclidean norm, if left out.</param>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor Norm(double p = 2) => Norm(p, []);

    /// <summary>The vector norm over one dimension.</summary>
    /// <param name="p">The order.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor Norm(double p, int dim, bool keepDim = false) => Norm(p, [dim], keepDim);

    /// <summary>The vector norm over some dimensions, (Σ |x|ᵖ)^(1/p): the greatest |x| for p = ∞, the least for p = −∞, how many are not 0 for p = 0. Where its derivative has no limit, at zeros, it is taken as 0.</summary>
    /// <param name="p">The order: any number but NaN; a norm in the strict sense for p ≥ 1.</param>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    /// <exception cref="ShapeException">An infinite or negative order, and nothing to choose from.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is NaN.</exception>
    /// <remarks>Squares and other powers overflow where |x|ᵖ is beyond the type's range, for p = 2 from 1.3e154 on (Float32: 1.8e19). Divide by the norm of order ∞ first if that can happen.</remarks>
    public Tensor Norm(double p, ReadOnlySpan<int> dims, bool keepDim = false)
    {
        RequireFloatingPoint(nameof(Norm));
        return p switch
        {
            2 => SafePower(Square().Sum(dims, keepDim), x => x.Sqrt()),
            1 => Abs().Sum(dims, keepDim),
            0 => Abs().Sign().Sum(dims, keepDim),
            double.PositiveInfinity => Abs().Amax(dims, keepDim),
            double.NegativeInfinity => Abs().Amin(dims, keepDim),
            > 0 => SafePower(SafePower(Abs(), x => x.Pow(p)).Sum(dims, keepDim), x => x.Pow(1 / p)),
            < 0 => Abs().Pow(p).Sum(dims, keepDim).Pow(1 / p),
            _ => throw new ArgumentOutOfRangeException(nameof(p), p, "Norm: the order must be a number; the norms in use are 1, 2 and infinity."),
        };
    }

    /// <summary>A power of numbers of 0 or more: 0 at 0, where the tape sees a constant, since an infinite slope times 0 would be NaN.</summary>
    private static Tensor SafePower(Tensor x, Func<Tensor, Tensor> power)
    {
        var zero = x.Eq(0);
        return Where(zero, 0, power(Where(zero, 1, x)));
    }
}
