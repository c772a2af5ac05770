namespace Autograd;

/// <summary>y = ln |det A|. dA = dy·A⁻ᵀ.</summary>
[GradientTest("2x2", "3x3", "2x2x2", "1x1", "0x0", "0x2x2", Domain = Domain.DiagonallyDominant)]
internal sealed class LogAbsDetOp : UnaryOperation
{
    private LuFactors? factors;

    public LogAbsDetOp(Tensor x)
        : base(x)
    {
        Shape = Matrices.BatchOf(x.Shape);
    }

    public override Reads Reads => Reads.First;

    /// <summary>The sign of the determinant, once the operation has been applied.</summary>
    public Tensor? Sign { get; private set; }

    public override Tensor? Workings => factors?.Packed;

    protected override Tensor Vjp(Tensor grad)
        => grad.Unsqueeze(-1).Unsqueeze(-1) * Linalg.InverseFrom(X, transposed: true, factors, nameof(Linalg.SlogDet));

    protected override Tensor Compute()
    {
        factors = new LuFactors(X);
        (Sign, var logarithm) = factors.LogDeterminant();
        return logarithm;
    }
}

public static partial class Linalg
{
    /// <summary>The sign of the determinant and the logarithm of its magnitude: det A = sign · exp(logAbsDet), where the determinant itself might overflow or vanish.</summary>
    /// <param name="a">Square matrices, [..., n, n].</param>
    /// <returns>Two tensors of shape [...]. The sign is 1, −1, or 0 (of a singular matrix, whose logarithm is −∞ and has no gradient); it is a constant to differentiation.</returns>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static (Tensor Sign, Tensor LogAbsDet) SlogDet(Tensor a)
    {
        RequireSquare(a, nameof(SlogDet));
        var operation = new LogAbsDetOp(a);
        var logAbsDet = operation.Apply();
        return (operation.Sign!, logAbsDet);
    }

    /// <summary>The logarithm of the determinant: NaN where that is negative, −∞ where it is 0.</summary>
    /// <param name="a">Square matrices, [..., n, n].</param>
    /// <returns>Shape [...].</returns>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor LogDet(Tensor a)
    {
        RequireSquare(a, nameof(LogDet));
        var (sign, logAbsDet) = SlogDet(a);
        return Tensor.Where(sign < 0, double.NaN, logAbsDet);
    }
}
