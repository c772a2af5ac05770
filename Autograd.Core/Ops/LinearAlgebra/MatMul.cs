namespace Autograd;

/// <summary>Y = A B for matrices, or batches of them that broadcast. dA = dY Bᵀ, dB = Aᵀ dY.</summary>
[GradientTest("3x2, 2x4", "1x1, 1x1", "2x0, 0x3", "0x2, 2x3")]
[GradientTest("2x3x2, 2x2x4", "2x3x2, 2x4", "3x2, 2x2x1", "2x1x2x2, 3x2x1")]
internal sealed class MatMulOp : Operation
{
    private readonly bool isTransposedA;
    private readonly bool isTransposedB;
    private Operand a;
    private Operand b;

    public MatMulOp(Tensor a, Tensor b)
        : base(a.DType)
    {
        this.a = new Operand(a);
        this.b = new Operand(b);
        (isTransposedA, isTransposedB) = (IsTransposed(this.a), IsTransposed(this.b));
        var (batchA, batchB) = (Shape.Create(a.Shape.AsSpan()[..^2]), Shape.Create(b.Shape.AsSpan()[..^2]));
        var batch = Shape.TryBroadcast(batchA, batchB) ?? throw new ShapeException($"MatMul: the batches {batchA} of {a.Shape} and {batchB} of {b.Shape} do not broadcast.");
        Shape = Shape.Create([.. batch, a.Shape[-2], b.Shape[-1]]);
    }

    public override int InputCount => 2;

    public override Reads Reads => OtherFactor;

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
        gradients[0] = Needs(0) ? Product(grad, ValueOf(1).T, isTransposedA) : null;
        gradients[1] = !Needs(1) ? null
            : Input(1).Source!.Shape.Rank == 2 ? Product(ValueOf(0).Flatten(0, -2).T, grad.Flatten(0, -2), isTransposedB)
            : Product(ValueOf(0).T, grad, isTransposedB);
    }

    protected override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        switch (DType)
        {
            case DType.Float32:
                MatrixProducts.Compute<float>(ValueOf(0), ValueOf(1), y);
                break;
            case DType.Float64:
                MatrixProducts.Compute<double>(ValueOf(0), ValueOf(1), y);
                break;
            default:
                MatrixProducts.Compute<long>(ValueOf(0), ValueOf(1), y);
                break;
        }

        return y;
    }
    /// <summary>X Y, in the memory layout of the factor whose gradient it is, so that a weight used transposed gets a gradient that lies as it does.</summary>
    private static Tensor Product(Tensor x, Tensor y, bool isTransposed) => isTransposed ? y.T.MatMul(x.T).T : x.MatMul(y);

    private static bool IsTransposed(in Operand operand) => operand.Value is { IsRowMajor: false } value && value.Layout.Strides is [.., 1, not 1];
}

public partial class Tensor
{
    /// <summary>The matrix product. Matrices [m, k] and [k, n] give [m, n]; further dimensions in front are batches and broadcast; a vector counts as a row on the left and as a column on the right,
    /// and its dimension disappears; two vectors give their inner product.</summary>
    /// <param name="other">The right factor, of the same element type.</param>
    /// <exception cref="ShapeException">The inner sizes differ, an operand has rank 0, or the batches do not broadcast.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor MatMul(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (DType != other.DType || DType == DType.Bool)
        {
            throw new DTypeException($"MatMul: the factors are {DType} and {other.DType}; they must have one type with arithmetic. Convert one: x.To(DType.{DTypes.Promote(DTypes.Promote(DType, other.DType), DType.Int64)}).");
        }

        if (Rank == 0 || other.Rank == 0)
        {
            throw new ShapeException($"MatMul: shapes {Shape} and {other.Shape}; a factor of rank 0 has no matrix product. Use * to multiply by a number.");
        }

        var (a, b) = (Rank == 1 ? Unsqueeze(0) : this, other.Rank == 1 ? other.Unsqueeze(1) : other);
        if (a.Shape[-1] != b.Shape[-2])
        {
            throw new ShapeException(
                $"MatMul: shapes {Shape} and {other.Shape}; the inner sizes {a.Shape[-1]} and {b.Shape[-2]} differ." +
                (Rank >= 2 && other.Rank >= 2 && a.Shape[-1] == b.Shape[-1] ? " Did you mean a.MatMul(b.T)?"
                    : Rank >= 2 && other.Rank >= 2 && a.Shape[-2] == b.Shape[-2] ? " Did you mean a.T.MatMul(b)?"
                    : " The last size of the left factor must be the last but one of the right."));
        }

        var product = new MatMulOp(a, b).Apply();
        product = Rank == 1 ? product.Squeeze(-2) : product;
        return other.Rank == 1 ? product.Squeeze(-1) : product;
    }
}
