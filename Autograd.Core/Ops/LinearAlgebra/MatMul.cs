namespace Autograd;

/// <summary>Y = A B for matrices, or batches of them that broadcast, each factor as it is or transposed. dA = dY Bᵀ, dB = Aᵀ dY.</summary>
[GradientTest("3x2, 2x4", "1x1, 1x1", "2x0, 0x3", "0x2, 2x3", Arguments = [false, false])]
[GradientTest("2x3x2, 2x2x4", "2x3x2, 2x4", "3x2, 2x2x1", "2x1x2x2, 3x2x1", Arguments = [false, false])]
[GradientTest("3x2, 4x2", "2x3x2, 4x2", "3x2, 2x1x2", Arguments = [false, true])]
[GradientTest("2x3, 2x4", "2x2x3, 2x4", "2x3, 3x2x1", Arguments = [true, false])]
[GradientTest("2x3, 4x2", "2x2x3, 4x2", Arguments = [true, true])]
internal sealed class MatMulOp : Operation
{
    private readonly bool transposesA;
    private readonly bool transposesB;
    private readonly bool liesTransposedA;
    private readonly bool liesTransposedB;
    private Operand a;
    private Operand b;

    public MatMulOp(Tensor a, Tensor b, bool transposesA, bool transposesB)
        : base(a.DType)
    {
        (this.a, this.b) = (new Operand(a), new Operand(b));
        (this.transposesA, this.transposesB) = (transposesA, transposesB);
        (liesTransposedA, liesTransposedB) = (LiesTransposed(this.a), LiesTransposed(this.b));
        var (rows, columns) = (a.Shape.AsSpan()[transposesA ? ^1 : ^2], b.Shape.AsSpan()[transposesB ? ^2 : ^1]);
        Shape = a.Rank == 2 && b.Rank == 2 ? Shape.Create([rows, columns]) : Shape.Create([.. Batch(a.Shape, b.Shape), rows, columns]);
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

    /// <summary>A gradient is a product of the same kind. It lies in memory as its factor does, also where that is a transposed view.</summary>
    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? Product(grad, ValueOf(1), false, !transposesB, transposesA, liesTransposedA) : null;
        if (Needs(1))
        {
            var x = ValueOf(0);
            if (grad.Rank > 2 && !transposesA && Input(1).Source!.Shape.Rank == 2)
            {
                // One product over all examples instead of a sum of products.
                (x, grad) = (x.Flatten(0, -2), grad.Flatten(0, -2));
            }

            gradients[1] = Product(x, grad, !transposesA, false, transposesB, liesTransposedB);
        }
    }

    /// <summary>A factor that all examples share makes one product of them all.</summary>
    public override Tensor Batch(BatchInputs x)
    {
        var (left, right) = (x[0], x[1]);
        if (left.Rank == 3 && right.Rank == 2 && x.IsBatched(0) && !x.IsBatched(1) && !transposesA)
        {
            return new MatMulOp(left.Flatten(0, 1), right, false, transposesB).Apply().Reshape(x.Of(Shape));
        }

        if (left.Rank == 2 && right.Rank == 3 && x.IsBatched(1) && !x.IsBatched(0) && transposesB)
        {
            // (A Bᵀ)ᵀ = B Aᵀ.
            return new MatMulOp(right.Flatten(0, 1), left, false, !transposesA).Apply().Reshape(x.Count, right.Shape[1], Shape[-2]).T;
        }

        return new MatMulOp(x.Aligned(0, Shape.Rank), x.Aligned(1, Shape.Rank), transposesA, transposesB).Apply();
    }

    protected override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        switch (DType)
        {
            case DType.Float32:
                Compute<float>(y);
                break;
            case DType.Float64:
                Compute<double>(y);
                break;
            default:
                Compute<long>(y);
                break;
        }

        return y;
    }

    /// <summary>A B, or its transpose; computed as a transpose if it lies better so.</summary>
    private static Tensor Product(Tensor a, Tensor b, bool transposesA, bool transposesB, bool isTransposed, bool liesTransposed)
    {
        var product = isTransposed == liesTransposed
            ? new MatMulOp(a, b, transposesA, transposesB).Apply()
            : new MatMulOp(b, a, !transposesB, !transposesA).Apply();
        return liesTransposed ? product.T : product;
    }

    private static bool LiesTransposed(in Operand operand) => operand.Value is { IsRowMajor: false } value && value.Layout.Strides is [.., 1, not 1];

    private static Shape Batch(Shape a, Shape b)
    {
        var (batchA, batchB) = (Shape.Create(a.AsSpan()[..^2]), Shape.Create(b.AsSpan()[..^2]));
        return Shape.TryBroadcast(batchA, batchB) ?? throw new ShapeException($"MatMul: the batches {batchA} of {a} and {batchB} of {b} do not broadcast.");
    }

    private void Compute<T>(Tensor y)
        where T : unmanaged, INumber<T>
        => MatrixProducts.Compute<T>(ValueOf(0), transposesA, ValueOf(1), transposesB, y);
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

        var product = new MatMulOp(a, b, transposesA: false, transposesB: false).Apply();
        product = Rank == 1 ? product.Squeeze(-2) : product;
        return other.Rank == 1 ? product.Squeeze(-1) : product;
    }
}
