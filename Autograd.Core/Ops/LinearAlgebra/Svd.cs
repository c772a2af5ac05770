namespace Autograd;

/// <summary>Y = [U; sᵀ; V], one above the other, of the reduced A = U diag(s) Vᵀ. With E = sⱼ² − sᵢ² off the diagonal and skew(X) = X − Xᵀ, dA =
/// U ((skew(Uᵀ dU)/E) diag(s) + diag(s) (skew(Vᵀ dV)/E) + diag(ds)) Vᵀ + (1 − U Uᵀ) dU diag(1/s) Vᵀ + U diag(1/s) dVᵀ (1 − V Vᵀ)
/// (Townsend, Differentiating the singular value decomposition, 2016).</summary>
[GradientTest("2x2", "3x2", "2x3", "2x2x3", "3x3", "1x1", "0x2", "0x0", Domain = Domain.DiagonallyDominant)]
internal sealed class SvdOp(Tensor x) : MatrixOperation(x, x.Shape[-2] + 1 + x.Shape[-1], Math.Min(x.Shape[-2], x.Shape[-1]))
{
    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad)
    {
        var (u, s, v) = Linalg.UnpackSvd(Y, Rows);
        var (gradU, gradS, gradV) = Linalg.UnpackSvd(grad, Rows);
        return Linalg.SvdGradient(u, s, v, gradU, gradS, gradV);
    }

    protected override bool Kernel<T>(ReadOnlySpan<T> a, Span<T> y)
    {
        var k = Math.Min(Rows, Columns);
        return Kernels.SingularValues.Decompose(a, Rows, Columns, y[..(Rows * k)], y.Slice(Rows * k, k), y[((Rows + 1) * k)..]);
    }

    protected override string Failure(string which) => $"the iteration does not converge for {which}: it has an element that is NaN or infinite.";
}

public static partial class Linalg
{
    /// <summary>The reduced singular value decomposition A = U diag(s) Vᵀ, with k = min(m, n).</summary>
    /// <remarks>Of each right singular vector (each left one, if m &lt; n) the element of greatest magnitude is positive. A gradient through the vectors exists where the singular values differ, and where,
    /// for m ≠ n, none is 0; else it is infinite or NaN. Gradients of the singular values alone exist always.</remarks>
    /// <param name="a">Matrices, [..., m, n].</param>
    /// <returns>U [..., m, k] with orthonormal columns, s [..., k], descending, and Vᵀ [..., k, n] with orthonormal rows.</returns>
    /// <exception cref="LinearAlgebraException">An element is NaN or infinite.</exception>
    /// <exception cref="ShapeException">The rank is below 2.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static (Tensor U, Tensor S, Tensor Vt) Svd(Tensor a)
    {
        RequireMatrices(a, nameof(Svd));
        var (u, s, v) = UnpackSvd(new SvdOp(a).Apply(), a.Shape[-2]);
        return (u, s, v.T);
    }

    /// <summary>The singular values, descending.</summary>
    /// <param name="a">Matrices, [..., m, n].</param>
    /// <returns>Shape [..., min(m, n)].</returns>
    /// <exception cref="LinearAlgebraException">An element is NaN or infinite.</exception>
    /// <exception cref="ShapeException">The rank is below 2.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor Svdvals(Tensor a)
    {
        RequireMatrices(a, nameof(Svdvals));
        return UnpackSvd(new SvdOp(a).Apply(), a.Shape[-2]).S;
    }

    /// <summary>U, s and V of [U; sᵀ; V].</summary>
    internal static (Tensor U, Tensor S, Tensor V) UnpackSvd(Tensor packed, int rows)
        => (packed.Narrow(-2, 0, rows), packed.Select(-2, rows), packed.Narrow(-2, rows + 1, packed.Shape[-2] - rows - 1));

    /// <summary>The rule of <see cref="SvdOp"/>.</summary>
    internal static Tensor SvdGradient(Tensor u, Tensor s, Tensor v, Tensor gradU, Tensor gradS, Tensor gradV)
    {
        var (m, n, k) = (u.Shape[-2], v.Shape[-2], s.Shape[-1]);
        var (row, column) = (s.Unsqueeze(-2), s.Unsqueeze(-1));
        var (uu, vv) = (u.T.MatMul(gradU), v.T.MatMul(gradV));
        var gaps = (row - column) * (row + column);
        var core = (DivideUnlessBothZero(uu - uu.T, gaps) * row) + (DivideUnlessBothZero(vv - vv.T, gaps) * column) + DiagonalMatrix(gradS);
        var gradient = u.MatMul(core).MatMul(v.T);
        if (m > k)
        {
            gradient += DivideUnlessBothZero(gradU - u.MatMul(uu), row).MatMul(v.T);
        }

        return n > k ? gradient + u.MatMul(DivideUnlessBothZero(gradV - v.MatMul(vv), row).T) : gradient;
    }
}
