namespace Autograd;

/// <summary>X = A⁻¹B, or A⁻ᵀB, by LU factors with partial pivoting. dB = A⁻ᵀ dX, dA = −dB Xᵀ.</summary>
[GradientTest("2x2, 2x3", "3x3, 3x1", "2x2x2, 2x1", "2x2, 2x2x1", "2x1x2x2, 3x2x1", "0x0, 0x2", "2x2, 2x0", Domain = Domain.DiagonallyDominant)]
internal sealed class SolveOp : Operation
{
    private readonly bool transposed;
    private readonly Shape batch;
    private LuFactors? factors;
    private Operand a;
    private Operand b;

    public SolveOp(Tensor a, Tensor b)
        : this(a, b, transposed: false)
    {
    }

    /// <summary>The system with A, or with Aᵀ; the factors of A are computed unless they are known.</summary>
    public SolveOp(Tensor a, Tensor b, bool transposed, LuFactors? factors = null, string name = "Solve")
        : base(a.DType)
    {
        Name = name;
        (this.a, this.b) = (new Operand(a), new Operand(b));
        (this.transposed, this.factors) = (transposed, factors);
        batch = Shape.TryBroadcast(Matrices.BatchOf(a.Shape), Matrices.BatchOf(b.Shape))!;
        Shape = Shape.Create([.. batch, b.Shape[-2], b.Shape[-1]]);
    }

    public override string Name { get; }

    public override int InputCount => 2;

    // A is linked in again by the system that the rule solves; its values are not read.
    public override Reads Reads => Reads.First | (Needs(0) ? Reads.Output : Reads.Nothing);

    public override Tensor? Workings => factors?.Packed;

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
        var gradB = new SolveOp(ValueOf(0), grad, !transposed, factors).Apply();
        gradients[1] = gradB;
        if (Needs(0))
        {
            gradients[0] = transposed ? -Y.MatMul(gradB.T) : -gradB.MatMul(Y.T);
        }
    }

    protected override Tensor Compute()
    {
        factors ??= new LuFactors(ValueOf(0));
        factors.RequireRegular(Name);
        var right = ValueOf(1);
        var y = Strided.Copy(new Tensor(right, right.Layout.Expand(Shape)));
        if (DType == DType.Float32)
        {
            Solve<float>(y);
        }
        else
        {
            Solve<double>(y);
        }

        return y;
    }

    private void Solve<T>(Tensor y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var work = CommunityToolkit.HighPerformance.Buffers.SpanOwner<T>.Allocate(Shape[-2] * Shape[-1]);
        for (var i = 0; i < batch.ElementCount; i++)
        {
            factors!.Solve(batch, i, Matrices.At<T>(y, i), work.Span, transposed);
        }
    }
}

public static partial class Linalg
{
    /// <summary>The solution X of A X = B, or of X A = B.</summary>
    /// <param name="a">Square matrices, [..., n, n].</param>
    /// <param name="b">Right sides, [..., n, k] ([..., k, n] if not <paramref name="left"/>). A vector [n], or a stack [..., n] of as many vectors as <paramref name="a"/> has matrices, counts as columns.</param>
    /// <param name="left">Whether A stands on the left.</param>
    /// <exception cref="LinearAlgebraException">A matrix is singular.</exception>
    /// <exception cref="ShapeException">The matrices are not square, the sizes do not fit, or the batches do not broadcast.</exception>
    /// <exception cref="DTypeException">The element types differ or are not floating-point types.</exception>
    public static Tensor Solve(Tensor a, Tensor b, bool left = true)
    {
        RequireSquare(a, nameof(Solve));
        RequireSameType(a, b, nameof(Solve));
        if (IsVector(a, b))
        {
            return left ? Solve(a, b.Unsqueeze(-1)).Squeeze(-1) : Solve(a, b.Unsqueeze(-2), left).Squeeze(-2);
        }

        RequireEquations(a, b, left, nameof(Solve));
        BroadcastBatches(a, b, nameof(Solve));
        return left ? new SolveOp(a, b).Apply() : new SolveOp(a, b.T, transposed: true).Apply().T;
    }

    /// <summary>The inverse A⁻¹. dA = −A⁻ᵀ dA⁻¹ A⁻ᵀ. To solve a system, <see cref="Solve"/> is faster and more accurate.</summary>
    /// <param name="a">Square matrices, [..., n, n].</param>
    /// <exception cref="LinearAlgebraException">A matrix is singular.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor Inv(Tensor a)
    {
        RequireSquare(a, nameof(Inv));
        return InverseFrom(a, transposed: false, name: nameof(Inv));
    }

    /// <summary>A⁻¹ or A⁻ᵀ, with factors that are known or computed.</summary>
    internal static Tensor InverseFrom(Tensor a, bool transposed, LuFactors? factors = null, string name = nameof(Solve))
        => new SolveOp(a, Tensor.Eye(a.Shape[-1], dtype: a.DType), transposed, factors, name).Apply();
}
