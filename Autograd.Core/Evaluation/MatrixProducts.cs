using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The products of a batch of matrices, cut into blocks of the results for the threads; never along the sums, so that the cut does not matter to a bit.</summary>
internal static class MatrixProducts
{
    /// <summary>Floating-point operations from which several threads pay, and that a piece has at least.</summary>
    private const long ParallelWork = 2_000_000;

    /// <summary>Pieces for each thread, so that one that is busy elsewhere delays the others little.</summary>
    private const int PiecesPerThread = 2;

    /// <summary>Pieces of a result begin at multiples of these, whole tiles of every kind of register.</summary>
    private const int RowGrain = 12;
    private const int ColumnGrain = 64;

    /// <summary>Y ← A B for tensors of rank 2 or more whose batches broadcast to that of the row-major Y; each factor is taken as it is, or transposed.</summary>
    public static void Compute<T>(Tensor a, bool transposesA, Tensor b, bool transposesB, Tensor y)
        where T : unmanaged, INumber<T>
    {
        if (y.ElementCount == 0)
        {
            return;
        }

        // Pending factors are computed once, not once a thread.
        _ = (a.Evaluate(), b.Evaluate());
        var (left, right, result) = (a.Layout, b.Layout, y.Layout);
        if (result.Shape.Rank > 2 && !transposesA && IsOneMatrix(right.Shape))
        {
            FoldRows(ref left, ref right, ref result);
        }

        var batch = new Batch<T>(new(a, left, transposesA), new(b, right, transposesB), new(y, result, isTransposed: false));
        Workers.Do(batch.PieceCount, batch);
    }

    private static bool IsOneMatrix(Shape shape) => Shape.Create(shape.AsSpan()[..^2]).ElementCount == 1;

    /// <summary>A batch of matrices that meet one and the same B is one tall matrix, if its rows are evenly spaced.</summary>
    private static void FoldRows(ref Layout left, ref Layout right, ref Layout result)
    {
        var (depth, columns) = (left.Shape[-1], result.Shape[-1]);
        var rows = result.Shape.ElementCount / columns;
        if (left.Shape.ElementCount == (long)rows * depth && left.TryReshape(Shape.Create([rows, depth]), out var tall))
        {
            left = tall;
            right = new(Shape.Create(right.Shape.AsSpan()[^2..]), right.Strides[^2..], right.Offset);
            result = Layout.RowMajor(Shape.Create([rows, columns]));
        }
    }

    /// <summary>A tensor's elements as matrices.</summary>
    private readonly struct Factor<T>(Tensor tensor, Layout layout, bool isTransposed)
        where T : unmanaged
    {
        public Layout Layout => layout;

        /// <summary>The size of the product's terms: columns of the matrices as they are taken.</summary>
        public int Columns => layout.Shape.AsSpan()[isTransposed ? ^2 : ^1];

        /// <summary>The matrix for product number <paramref name="index"/> of a batch that this one broadcasts to.</summary>
        public Matrix<T> At(ReadOnlySpan<int> batch, int index)
        {
            var sizes = layout.Shape.AsSpan();
            var place = layout.Offset;
            for (var d = batch.Length - 1; d >= 0; d--)
            {
                (index, var step) = Math.DivRem(index, batch[d]);
                var own = d - (batch.Length - (sizes.Length - 2));
                place += own >= 0 && sizes[own] != 1 ? step * layout.Strides[own] : 0;
            }

            ref var origin = ref Unsafe.Add(ref MemoryMarshal.GetReference(tensor.Storage<T>()), place);
            Axis rows = new(sizes[^2], layout.Strides[^2]);
            Axis columns = new(sizes[^1], layout.Strides[^1]);
            return isTransposed ? new(ref origin, columns, rows) : new(ref origin, rows, columns);
        }
    }

    /// <summary>All products of a batch, in pieces.</summary>
    private readonly struct Batch<T> : IWork
        where T : unmanaged, INumber<T>
    {
        private readonly Factor<T> a;
        private readonly Factor<T> b;
        private readonly Factor<T> y;
        private readonly int blocks;
        private readonly int blockRows;
        private readonly int blockColumns;
        private readonly int blocksPerPiece;

        public Batch(Factor<T> a, Factor<T> b, Factor<T> y)
        {
            (this.a, this.b, this.y) = (a, b, y);
            var (rows, columns, depth) = (y.Layout.Shape[-2], y.Layout.Shape[-1], a.Columns);
            var products = y.Layout.Shape.ElementCount / (rows * columns);
            var pieces = (int)Math.Clamp(2L * y.Layout.Shape.ElementCount * depth / ParallelWork, 1, PiecesPerThread * Threads.Count);
            pieces = Threads.Count == 1 ? 1 : pieces;
            (blockRows, blockColumns) = BlockSize(rows, columns, ((pieces - 1) / products) + 1);
            blocks = Parts(rows, blockRows) * Parts(columns, blockColumns);
            blocksPerPiece = Parts(products * blocks, pieces);
            PieceCount = Parts(products * blocks, blocksPerPiece);
        }

        public int PieceCount { get; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int i)
        {
            var sizes = y.Layout.Shape.AsSpan();
            var batch = sizes[..^2];
            var (rows, columns) = (sizes[^2], sizes[^1]);
            var across = Parts(columns, blockColumns);
            var last = Math.Min((i + 1) * blocksPerPiece, y.Layout.Shape.ElementCount / (rows * columns) * blocks);
            for (var block = i * blocksPerPiece; block < last; block++)
            {
                var (product, rest) = Math.DivRem(block, blocks);
                var (down, right) = Math.DivRem(rest, across);
                var (row, column) = (down * blockRows, right * blockColumns);
                var (height, width) = (Math.Min(blockRows, rows - row), Math.Min(blockColumns, columns - column));
                var matrixA = a.At(batch, product);
                var matrixB = b.At(batch, product);
                MatrixProduct.Multiply(
                    matrixA.Block(row, height, 0, matrixA.Columns.Count),
                    matrixB.Block(0, matrixB.Rows.Count, column, width),
                    y.At(batch, product).Block(row, height, column, width));
            }
        }

        /// <summary>The size of blocks of which there are at least so many, by halving the longer side again and again.</summary>
        private static (int Rows, int Columns) BlockSize(int rows, int columns, int count)
        {
            var (down, across) = (1, 1);
            while (down * across < count)
            {
                if (rows / down >= columns / across)
                {
                    down *= 2;
                }
                else
                {
                    across *= 2;
                }
            }

            return (Math.Min(rows, Parts(Parts(rows, RowGrain), down) * RowGrain), Math.Min(columns, Parts(Parts(columns, ColumnGrain), across) * ColumnGrain));
        }

        private static int Parts(int whole, int part) => ((whole - 1) / part) + 1;
    }
}
