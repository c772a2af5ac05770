namespace Autograd;

/// <summary>Y = A⁺, by singular values. dA = −Yᵀ G Yᵀ + (1 − A Y) Gᵀ Y Yᵀ + Yᵀ Y Gᵀ (1 − Y A) with G = dY, at constant rank
/// (Golub and Pereyra, The differentiation of pseudo-inverses and nonlinear least squares problems whose variables separate, 1973).</summary>
[GradientTest("2x2", "3x2", "2x3", "2x3x2", "1x1", "0x2", "0x0", Arguments = [0.0, 1e-15], Domain = Domain.DiagonallyDominant)]
internal sealed class PinvOp : UnaryOperation
{
    private readonly double absolute;
    private readonly double relative;

    /// <summary>Singular values that do not exceed max(<paramref name="absolute"/>, <paramref name="relative"/> · the greatest) count as 0.</summary>
    public PinvOp(Tensor x, double absolute, double relative)
        : base(x)
    {
        (this.absolute, this.relative) = (absolute, relative);
        Shape = Shape.Create([.. Matrices.BatchOf(x.Shape), x.Shape[-1], x.Shape[-2]]);
    }

    public override Reads Reads => Reads.First | Reads.Output;

    protected override Tensor Vjp(Tensor grad)
    {
        var (a, y, g) = (X, Y, grad.T);
        var left = g - a.MatMul(y.MatMul(g));
        var right = g - g.MatMul(y).MatMul(a);
        return left.MatMul(y).MatMul(y.T) + y.T.MatMul(y).MatMul(right) - y.T.MatMul(grad).MatMul(y.T);
    }

    protected override Tensor Compute()
    {
        var (u, s, vt) = Linalg.Svd(X.Detach());
        if (s.Shape[-1] == 0)
        {
            return Allocate.Zeros(Shape, DType);
        }

        var threshold = (s.Narrow(-1, 0, 1) * relative).Maximum(absolute);
        var inverse = Tensor.Where(s > threshold, s.Reciprocal(), 0);
        return (vt.T * inverse.Unsqueeze(-2)).MatMul(u.T);
    }
}

public static partial class Linalg
{
    /// <summary>The pseudoinverse A⁺ of Moore and Penrose: the inverse where there is one, else what solves A X = B in the least-squares sense with the smallest X.</summary>
    /// <param name="a">Matrices, [..., m, n].</param>
    /// <param name="absoluteTolerance">Singular values up to here count as 0.</param>
    /// <param name="relativeTolerance">So do those up to this part of the greatest; max(m, n) rounding units if left out (0 if <paramref name="absoluteTolerance"/> is given).</param>
    /// <returns>Shape [..., n, m].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative or NaN.</exception>
    /// <exception cref="LinearAlgebraException">An element is NaN or infinite.</exception>
    /// <exception cref="ShapeException">The rank is below 2.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor Pinv(Tensor a, double absoluteTolerance = 0, double? relativeTolerance = null)
    {
        RequireMatrices(a, nameof(Pinv));
        Require.AtLeast(absoluteTolerance, 0, nameof(Pinv));
        Require.AtLeast(relativeTolerance ?? 0, 0, nameof(Pinv), nameof(relativeTolerance));
        return new PinvOp(a, absoluteTolerance, relativeTolerance ?? (absoluteTolerance > 0 ? 0 : Rounding(a))).Apply();
    }

    /// <summary>The solution X of A X ≈ B with the least sum of squared residuals; of several, the smallest.</summary>
    /// <param name="a">Matrices, [..., m, n], of any rank.</param>
    /// <param name="b">Right sides, [..., m, k]. A vector [m], or a stack [..., m] of as many vectors as <paramref name="a"/> has matrices, counts as columns.</param>
    /// <param name="rcond">Singular values up to this part of the greatest count as 0; max(m, n) rounding units if left out.</param>
    /// <returns>Shape [..., n, k].</returns>
    /// <exception cref="LinearAlgebraException">An element of A is NaN or infinite.</exception>
    /// <exception cref="ShapeException">The sizes do not fit, or the batches do not broadcast.</exception>
    /// <exception cref="DTypeException">The element types differ or are not floating-point types.</exception>
    public static Tensor Lstsq(Tensor a, Tensor b, double? rcond = null)
    {
        RequireMatrices(a, nameof(Lstsq));
        RequireSameType(a, b, nameof(Lstsq));
        if (IsVector(a, b))
        {
            return Lstsq(a, b.Unsqueeze(-1), rcond).Squeeze(-1);
        }

        RequireEquations(a, b, left: true, nameof(Lstsq));
        BroadcastBatches(a, b, nameof(Lstsq));
        return Pinv(a, relativeTolerance: rcond).MatMul(b);
    }

    /// <summary>max(m, n) rounding units.</summary>
    internal static double Rounding(Tensor a) => Math.Max(a.Shape[-2], a.Shape[-1]) * (a.DType == DType.Float32 ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52));
}
