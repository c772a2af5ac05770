using System.Runtime.InteropServices;
using Autograd.Kernels;


namespace Autograd;

/// <summary>Y = A B for matrices, or batches of them that broadcast. dA = dY Bᵀ, dB = Aᵀ dY.</summary>
[GradientTest("3x2, 2x4", "1x1, 1x1", "2x0, 0x3", "0x2, 2x3")]
[GradientTest("2x3x2, 2x2x4", "2x3x2, 2x4", "3x2, 2x2x1", "2x1x2x2, 3x2x1")]
internal sealed class MatMulOp : Operation
{
    /// <summary>Multiplications that are worth a thread's while.</summary>
    private const long WorkPerTask = 1 << 20;

    private Operand a;
    private Operand b;

    public MatMulOp(Tensor a, Tensor b)
        : base(a.DType)
    {
        this.a = new Operand(a);
        this.b = new Operand(b);
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
        gradients[0] = Needs(0) ? grad.MatMul(ValueOf(1).T) : null;
        gradients[1] = Needs(1) ? ValueOf(0).T.MatMul(grad) : null;
    }

    protected override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        switch (DType)
        {
            case DType.Float32:
                Multiply<float>(y);
                break;
            case DType.Float64:
                Multiply<double>(y);
                break;
            default:
                Multiply<long>(y);
                break;
        }

        return y;
    }

    private void Multiply<T>(Tensor y)
        where T : unmanaged, INumber<T>
    {
        if (Shape.ElementCount == 0)
        {
            return;
        }

        // The work is cut into panels of columns and, where those are few, into blocks of rows: by shape alone, and never along the sum.
        var (rows, columns, depth) = (Shape[-2], Shape[-1], ValueOf(0).Shape[-1]);
        var panels = (columns + MatrixProduct.PanelWidth<T>() - 1) / MatrixProduct.PanelWidth<T>();
        var rowsPerTask = (int)Math.Clamp(WorkPerTask / Math.Max(1, (long)depth * MatrixProduct.PanelWidth<T>()), 4, int.MaxValue - 3) / 4 * 4;
        var blocks = (rows + rowsPerTask - 1) / rowsPerTask;
        var matrices = Shape.ElementCount / (rows * columns);
        var work = new PanelWork<T>(this, y, panels, blocks, rowsPerTask);
        var items = matrices * panels * blocks;
        if ((long)Shape.ElementCount * depth > 2 * WorkPerTask && items > 1)
        {
            Workers.Do(items, work);
            return;
        }

        for (var i = 0; i < items; i++)
        {
            work.Do(i);
        }
    }

    private readonly struct PanelWork<T>(MatMulOp operation, Tensor y, int panels, int blocks, int rowsPerTask) : IWork
        where T : unmanaged, INumber<T>
    {
        public void Do(int i)
        {
            var (matrix, rest) = Math.DivRem(i, panels * blocks);
            var (panel, block) = Math.DivRem(rest, blocks);
            var c = At(y, matrix);
            MatrixProduct.Panel(
                At(operation.ValueOf(0), matrix), At(operation.ValueOf(1), matrix), c,
                block * rowsPerTask, Math.Min((block + 1) * rowsPerTask, c.Rows), panel * MatrixProduct.PanelWidth<T>());
        }

        /// <summary>The operand of product number <paramref name="matrix"/>: batches broadcast by strides of 0.</summary>
        private Matrix<T> At(Tensor tensor, int matrix)
        {
            var layout = tensor.Layout;
            var sizes = layout.Shape.AsSpan();
            var batch = y.Shape.AsSpan()[..^2];
            var offset = layout.Offset;
            for (var d = batch.Length - 1; d >= 0; d--)
            {
                (matrix, var place) = Math.DivRem(matrix, batch[d]);
                var own = d - (batch.Length - (sizes.Length - 2));
                offset += own >= 0 && sizes[own] != 1 ? place * layout.Strides[own] : 0;
            }

            ref var origin = ref System.Runtime.CompilerServices.Unsafe.Add(ref MemoryMarshal.GetReference(tensor.Storage<T>()), offset);
            return new(ref origin, sizes[^2], sizes[^1], layout.Strides[^2], layout.Strides[^1]);
        }
    }
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
