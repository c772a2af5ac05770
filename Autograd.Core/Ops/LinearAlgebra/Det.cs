namespace Autograd;

/// <summary>The determinant, y = det(A). dA = dy·C, where C are the cofactors: det(A)·A⁻ᵀ if A is invertible.</summary>
[GradientTest("2x2", "3x3", "2x2x2", "1x1", "0x0", "0x2x2", Domain = Domain.DiagonallyDominant)]
internal sealed class DetOp : UnaryOperation
{
    private LuFactors? factors;

    public DetOp(Tensor x)
        : base(x)
    {
        Shape = Matrices.BatchOf(x.Shape);
    }

    public override Reads Reads => Reads.First | Reads.Output;

    public override Tensor? Workings => factors?.Packed;

    protected override Tensor Vjp(Tensor grad)
        => factors!.AreRegular
            ? (grad * Y).Unsqueeze(-1).Unsqueeze(-1) * Linalg.InverseFrom(X, transposed: true, factors)
            : grad.Unsqueeze(-1).Unsqueeze(-1) * CofactorsOfSingular(X);

    protected override Tensor Compute()
    {
        factors = new LuFactors(X);
        return factors.Determinant();
    }

    /// <summary>The cofactors of matrices of which some are singular.</summary>
    /// <remarks>Let E, a constant, be of rank r such that A + tE is invertible. A cofactor of A + tE is a polynomial of degree at most r in t, so that its value at t = 0 follows from those at
    /// 1, …, r + 1: C(A) = Σₖ (−1)ᵏ⁺¹ (r+1 choose k) C(A + kE). That holds for all A, so that derivatives follow as well.</remarks>
    private static Tensor CofactorsOfSingular(Tensor a)
    {
        var (lift, deficiency) = Lift(a.Detach());
        if (deficiency > HighestDeficiency)
        {
            // The cofactors and their derivatives up to the third order are 0.
            return Tensor.ZerosLike(a);
        }

        var sum = Tensor.ZerosLike(a);
        var weight = 1.0;
        for (var k = 1; k <= deficiency + 1; k++)
        {
            weight *= -(deficiency + 2.0 - k) / k;
            var lifted = a + (lift * k);
            sum -= Linalg.Det(lifted).Unsqueeze(-1).Unsqueeze(-1) * Linalg.InverseFrom(lifted, transposed: true) * weight;
        }

        return sum;
    }

    private const int HighestDeficiency = 4;

    /// <summary>E, which lifts the singular values that are 0 to the greatest one, and the greatest number of them in a matrix.</summary>
    private static (Tensor Lift, int Deficiency) Lift(Tensor a)
    {
        var (u, s, vt) = Linalg.Svd(a);
        var greatest = s.Narrow(-1, 0, 1);
        var isZero = (s <= greatest * Linalg.Rounding(a)).To(a.DType);
        var target = Tensor.Where(greatest > 0, greatest, 1) * isZero;
        return ((u * target.Unsqueeze(-2)).MatMul(vt), (int)isZero.Sum(-1).Amax().Item());
    }
}

public static partial class Linalg
{
    /// <summary>The determinant; 1 of matrices of no elements. Gradients are right for singular matrices, too.</summary>
    /// <param name="a">Square matrices, [..., n, n].</param>
    /// <returns>Shape [...].</returns>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor Det(Tensor a)
    {
        RequireSquare(a, nameof(Det));
        return new DetOp(a).Apply();
    }
}
