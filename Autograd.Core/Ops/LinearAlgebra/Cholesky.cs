namespace Autograd;

/// <summary>L, the lower triangular factor of A = L Lᵀ. dA = the symmetric part of L⁻ᵀ Φ(Lᵀ dL) L⁻¹, where Φ takes the lower triangle and half of the diagonal
/// (Murray, Differentiation of the Cholesky decomposition, 2016).</summary>
[GradientTest("2x2", "3x3", "2x2x2", "1x1", "0x0", Domain = Domain.DiagonallyDominant)]
internal sealed class CholeskyOp(Tensor x) : MatrixOperation(x, x.Shape[-2], x.Shape[-1])
{
    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad)
    {
        // Y is read once: it is recorded where the pass is.
        var l = Y;
        var product = l.T.MatMul(grad);
        var phi = product.Tril() - (product * (Tensor.Eye(Rows, dtype: DType) * 0.5));
        var left = new SolveTriangularOp(l, phi, upper: false, transposed: true, unit: false).Apply();
        var both = new SolveTriangularOp(l, left.T, upper: false, transposed: true, unit: false).Apply();
        return (both + both.T) * 0.5;
    }

    protected override bool Kernel<T>(ReadOnlySpan<T> a, Span<T> y) => Kernels.Cholesky.Factor(a, y, Rows);

    protected override string Failure(string which) => $"{which} is not positive-definite. If it should be, but for rounding, add a small multiple of the unit matrix.";
}

public static partial class Linalg
{
    /// <summary>The triangular factor of positive-definite matrices: L of A = L Lᵀ, or U of A = Uᵀ U. Of A, the symmetric part counts.</summary>
    /// <param name="a">Matrices, [..., n, n].</param>
    /// <param name="upper">Whether to return U = Lᵀ.</param>
    /// <exception cref="LinearAlgebraException">A matrix is not positive-definite, or has an element that is NaN or infinite.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor Cholesky(Tensor a, bool upper = false)
    {
        RequireSquare(a, nameof(Cholesky));
        var l = new CholeskyOp(a).Apply();
        return upper ? l.T : l;
    }
}
