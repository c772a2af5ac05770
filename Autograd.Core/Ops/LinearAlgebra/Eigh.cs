namespace Autograd;

/// <summary>Y = [V; wᵀ], one above the other, of the symmetric A = V diag(w) Vᵀ. dA = the symmetric part of V (diag(dw) + (Vᵀ dV) ∘ F) Vᵀ with Fᵢⱼ = 1/(wⱼ − wᵢ) off the diagonal, else 0
/// (Giles, An extended collection of matrix derivative results for forward and reverse mode algorithmic differentiation, 2008).</summary>
[GradientTest("2x2", "3x3", "2x2x2", "1x1", "0x0", Domain = Domain.DiagonallyDominant)]
internal sealed class EighOp(Tensor x) : MatrixOperation(x, x.Shape[-2] + 1, x.Shape[-1])
{
    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad)
    {
        var (w, v) = Linalg.UnpackEigen(Y);
        var (gradW, gradV) = Linalg.UnpackEigen(grad);
        var inner = Linalg.EigenTerm(w, v.T.MatMul(gradV), gradW);
        var full = v.MatMul(inner).MatMul(v.T);
        return (full + full.T) * 0.5;
    }

    protected override bool Kernel<T>(ReadOnlySpan<T> a, Span<T> y) => Kernels.SymmetricEigen.Decompose(a, Rows, y[..(Rows * Rows)], y[(Rows * Rows)..]);

    protected override string Failure(string which) => $"the iteration does not converge for {which}: it has an element that is NaN or infinite.";
}

public static partial class Linalg
{
    /// <summary>Eigenvalues and eigenvectors of symmetric matrices, A = V diag(w) Vᵀ. Of A, the symmetric part counts.</summary>
    /// <remarks>The element of greatest magnitude of each eigenvector is positive. A gradient through the eigenvectors exists where the eigenvalues differ; between equal ones it is infinite or NaN.
    /// Gradients of the eigenvalues alone exist always.</remarks>
    /// <param name="a">Matrices, [..., n, n].</param>
    /// <returns>The eigenvalues [..., n], ascending, and the eigenvectors as the columns of [..., n, n].</returns>
    /// <exception cref="LinearAlgebraException">An element is NaN or infinite.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static (Tensor Eigenvalues, Tensor Eigenvectors) Eigh(Tensor a)
    {
        RequireSquare(a, nameof(Eigh));
        return UnpackEigen(new EighOp(a).Apply());
    }

    /// <summary>The eigenvalues of symmetric matrices, ascending. Of A, the symmetric part counts.</summary>
    /// <param name="a">Matrices, [..., n, n].</param>
    /// <returns>Shape [..., n].</returns>
    /// <exception cref="LinearAlgebraException">An element is NaN or infinite.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor Eigvalsh(Tensor a)
    {
        RequireSquare(a, nameof(Eigvalsh));
        return UnpackEigen(new EighOp(a).Apply()).W;
    }

    /// <summary>w and V of [V; wᵀ].</summary>
    internal static (Tensor W, Tensor V) UnpackEigen(Tensor packed)
    {
        var n = packed.Shape[-1];
        return (packed.Select(-2, n), packed.Narrow(-2, 0, n));
    }

    /// <summary>diag(dw) + M ∘ F with Fᵢⱼ = 1/(wⱼ − wᵢ) off the diagonal, else 0.</summary>
    internal static Tensor EigenTerm(Tensor w, Tensor m, Tensor gradW)
    {
        var mixed = Tensor.Where(Tensor.Eye(w.Shape[-1], dtype: DType.Bool), 0, m);
        return DivideUnlessBothZero(mixed, w.Unsqueeze(-2) - w.Unsqueeze(-1)) + DiagonalMatrix(gradW);
    }
}
