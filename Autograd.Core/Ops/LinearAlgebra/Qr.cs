namespace Autograd;

/// <summary>Y = [Q; Rᵀ], one above the other, of A = Q R with at least as many rows as columns. With M = R dRᵀ − dQᵀ Q: dA = (dQ + Q copyltu(M)) R⁻ᵀ, where copyltu mirrors the lower triangle
/// (Walter and Lehmann, Algorithmic differentiation of linear algebra functions with application in optimum experimental design, 2010).</summary>
[GradientTest("2x2", "3x2", "2x3x2", "3x3", "2x0", "0x0", Domain = Domain.DiagonallyDominant)]
internal sealed class QrOp(Tensor x) : MatrixOperation(x, x.Shape[-2] + x.Shape[-1], x.Shape[-1])
{
    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad)
    {
        var (q, r) = Linalg.Unpack(Y, Rows);
        var (gradQ, gradR) = Linalg.Unpack(grad, Rows);
        var m = r.MatMul(gradR.T) - gradQ.T.MatMul(q);
        var symmetric = m.Tril() + m.Tril(-1).T;
        var right = gradQ + q.MatMul(symmetric);
        return new SolveTriangularOp(r, right.T, upper: true, transposed: false, unit: false).Apply().T;
    }

    protected override bool Kernel<T>(ReadOnlySpan<T> a, Span<T> y)
    {
        Kernels.Qr.Factor(a, Rows, Columns, y[..(Rows * Columns)], y[(Rows * Columns)..]);
        return true;
    }

    protected override string Failure(string which) => $"{which} has no QR factorization.";
}

public static partial class Linalg
{
    /// <summary>The reduced QR factorization A = Q R: Q [..., m, k] with orthonormal columns, R [..., k, n] upper triangular, k = min(m, n).</summary>
    /// <remarks>R's diagonal is not negative, so that the factors of a matrix of full rank are unique. The gradient exists where the first k columns are linearly independent; else it is infinite or NaN.</remarks>
    /// <param name="a">Matrices, [..., m, n].</param>
    /// <exception cref="ShapeException">The rank is below 2.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static (Tensor Q, Tensor R) Qr(Tensor a)
    {
        RequireMatrices(a, nameof(Qr));
        var (m, n) = (a.Shape[-2], a.Shape[-1]);
        if (m >= n)
        {
            return Unpack(new QrOp(a).Apply(), m);
        }

        // A = [X Z] with X square: X = Q U, so that R = [U QᵀZ].
        var (q, u) = Unpack(new QrOp(a.Narrow(-1, 0, m)).Apply(), m);
        return (q, Tensor.Concatenate([u, q.T.MatMul(a.Narrow(-1, m, n - m))], -1));
    }

    /// <summary>Q and R of [Q; Rᵀ].</summary>
    internal static (Tensor Q, Tensor R) Unpack(Tensor packed, int rows)
        => (packed.Narrow(-2, 0, rows), packed.Narrow(-2, rows, packed.Shape[-1]).T);
}
