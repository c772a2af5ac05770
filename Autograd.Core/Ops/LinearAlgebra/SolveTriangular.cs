namespace Autograd;

/// <summary>X = A⁻¹B for triangular A, of which the other triangle is not read. dB = A⁻ᵀ dX, dA = the triangle of −dB Xᵀ.</summary>
[GradientTest("2x2, 2x3", "3x3, 3x1", "2x2x2, 2x2x1", "0x0, 0x2", Arguments = [true, false, false], Domain = Domain.DiagonallyDominant)]
[GradientTest("3x3, 3x2", Arguments = [false, false, false], Domain = Domain.DiagonallyDominant)]
[GradientTest("3x3, 3x2", Arguments = [true, true, false], Domain = Domain.DiagonallyDominant)]
[GradientTest("3x3, 3x2", Arguments = [false, true, true], Domain = Domain.DiagonallyDominant)]
internal sealed class SolveTriangularOp : Operation
{
    private readonly bool upper;
    private readonly bool transposed;
    private readonly bool unit;
    private Operand a;
    private Operand b;

    /// <summary>The system with A, or with Aᵀ; both operands have one batch.</summary>
    public SolveTriangularOp(Tensor a, Tensor b, bool upper, bool transposed, bool unit)
        : base(a.DType)
    {
        (this.a, this.b) = (new Operand(a), new Operand(b));
        (this.upper, this.transposed, this.unit) = (upper, transposed, unit);
        Shape = b.Shape;
    }

    public override int InputCount => 2;

    public override Reads Reads => Reads.First | (Needs(0) ? Reads.Output : Reads.Nothing);

    public override ref Operand Input(int index)
    {
        if (index == 0)
        {
            return ref a;
        }

        return ref b;
    }

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        var gradB = new SolveTriangularOp(ValueOf(0), grad, upper, !transposed, unit).Apply();
        gradients[1] = gradB;
        if (Needs(0))
        {
            var full = transposed ? -Y.MatMul(gradB.T) : -gradB.MatMul(Y.T);
            gradients[0] = upper ? full.Triu(unit ? 1 : 0) : full.Tril(unit ? -1 : 0);
        }
    }

    public override Tensor Batch(BatchInputs x) => new SolveTriangularOp(x.Full(0), x.Full(1), upper, transposed, unit).Apply();

    protected override Tensor Compute()
    {
        var (matrices, y) = (ValueOf(0).RowMajor(), Strided.Copy(ValueOf(1)));
        if (DType == DType.Float32)
        {
            Solve<float>(matrices, y);
        }
        else
        {
            Solve<double>(matrices, y);
        }

        GC.KeepAlive(matrices);
        return y;
    }

    private void Solve<T>(Tensor matrices, Tensor y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < Matrices.CountOf(Shape); i++)
        {
            Kernels.Triangular.Solve(Matrices.At<T>(matrices, i), Shape[-2], Matrices.At<T>(y, i), Shape[-1], upper, transposed, unit);
        }
    }
}

public static partial class Linalg
{
    /// <summary>The solution X of A X = B, or of X A = B, for a triangular matrix. The elements of A in the other triangle are not read. A zero on the diagonal gives infinities and NaN, not an error.</summary>
    /// <param name="a">Square matrices, [..., n, n].</param>
    /// <param name="b">Right sides, [..., n, k] ([..., k, n] if not <paramref name="left"/>).</param>
    /// <param name="upper">Whether the upper triangle counts, or the lower one.</param>
    /// <param name="left">Whether A stands on the left.</param>
    /// <param name="unitriangular">Whether the diagonal counts as ones; then it is not read either.</param>
    /// <exception cref="ShapeException">The matrices are not square, the sizes do not fit, or the batches do not broadcast.</exception>
    /// <exception cref="DTypeException">The element types differ or are not floating-point types.</exception>
    public static Tensor SolveTriangular(Tensor a, Tensor b, bool upper, bool left = true, bool unitriangular = false)
    {
        RequireSquare(a, nameof(SolveTriangular));
        RequireSameType(a, b, nameof(SolveTriangular));
        RequireEquations(a, b, left, nameof(SolveTriangular));

        // Both as they are: a broadcast view is summed to its source by its own rule.
        var shape = BroadcastBatches(a, b, nameof(SolveTriangular));
        var batch = Matrices.BatchOf(shape);
        var matrices = a.Expand([.. batch, a.Shape[-2], a.Shape[-1]]);
        var right = b.Expand(shape);
        return left
            ? new SolveTriangularOp(matrices, right, upper, transposed: false, unitriangular).Apply()
            : new SolveTriangularOp(matrices, right.T, upper, transposed: true, unitriangular).Apply().T;
    }
}
