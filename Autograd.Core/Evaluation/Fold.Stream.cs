using System.Buffers;
using System.Runtime.CompilerServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <content>A reduction of a pending chain's values as they are computed: the leaves of the tree tile by tile, then the tree above them, to the same bits as if the values were stored first.</content>
internal static partial class Fold<T, TFunction>
{
    /// <summary>Collects tiles for the results <paramref name="y"/>.</summary>
    public static ITileSink NewSink(in ReductionSizes sizes, Tensor y) => sizes.Inner == 1 ? new RowSink(sizes, y) : new ColumnSink(sizes, y);

    /// <summary>How tiles must be cut for <see cref="NewSink"/>.</summary>
    public static TileCut CutFor(in ReductionSizes sizes)
        => sizes is { Inner: 1, Outer: 1 } ? new(0, RowLeaf)
            : sizes.Inner == 1 ? new(sizes.Length, sizes.Length)
            // A leaf is folded in order, by one thread.
            : new(sizes.Inner, sizes.Inner * (sizes.Outer == 1 || sizes.Length % ColumnLeaf == 0 ? Math.Min(ColumnLeaf, sizes.Length) : sizes.Length));

    /// <summary>What <see cref="ReduceLongRow"/> does with blocks of elements, with blocks of their leaves.</summary>
    private static T BlockTree(ReadOnlySpan<T> leaves)
    {
        const int LeavesPerTask = ElementsPerTask / RowLeaf;
        var blocks = ArrayPool<T>.Shared.Rent(((leaves.Length - 1) / LeavesPerTask) + 1);
        var count = 0;
        for (; !leaves.IsEmpty; leaves = leaves[Math.Min(LeavesPerTask, leaves.Length)..])
        {
            blocks[count++] = LeafTree(leaves[..Math.Min(LeavesPerTask, leaves.Length)]);
        }

        var result = RowTree(blocks.AsSpan(0, count));
        ArrayPool<T>.Shared.Return(blocks);
        return result;
    }

    /// <summary>The tree above its leaves: what <see cref="RowTree"/> does once each run of <see cref="RowLeaf"/> elements has become one.</summary>
    private static T LeafTree(ReadOnlySpan<T> leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var half = Half(leaves.Length, 1);
        ReadOnlySpan<T> both = [LeafTree(leaves[..half]), LeafTree(leaves[half..])];
        return Folding.Fold<TFunction, T>(both);
    }

    /// <summary>The tree above leaves that lie one after the other; they are overwritten.</summary>
    private static void ColumnLeafTree(Span<T> leaves, int count, Span<T> result)
    {
        FoldInPlace(leaves, count, result.Length);
        leaves[..result.Length].CopyTo(result);
    }

    private static void FoldInPlace(Span<T> leaves, int count, int width)
    {
        if (count == 1)
        {
            return;
        }

        var half = Half(count, 1);
        var right = leaves[(half * width)..];
        FoldInPlace(leaves, half, width);
        FoldInPlace(right, count - half, width);
        var left = leaves[..width];
        Pairwise.Map<TFunction, T>(left, right[..width], left);
    }

    private sealed class RowSink : ITileSink
    {
        private readonly ReductionSizes sizes;
        private readonly Tensor y;
        private readonly int leavesOfRow;
        private readonly T[] leaves;

        public RowSink(in ReductionSizes sizes, Tensor y)
        {
            (this.sizes, this.y) = (sizes, y);
            leavesOfRow = ((sizes.Length - 1) / RowLeaf) + 1;
            leaves = ArrayPool<T>.Shared.Rent(sizes.Outer * leavesOfRow);
        }

        public Tensor Finish()
        {
            var results = y.Elements<T>();
            for (var o = 0; o < results.Length; o++)
            {
                var row = leaves.AsSpan(o * leavesOfRow, leavesOfRow);
                results[o] = sizes is { Outer: 1, Length: > ElementsPerTask } ? BlockTree(row) : LeafTree(row);
            }

            ArrayPool<T>.Shared.Return(leaves);
            return y;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Accept(int start, int length, Tile tile)
        {
            ReadOnlySpan<T> values = tile.As<T>();
            var (row, place) = Math.DivRem(start, sizes.Length);
            if (place == 0 && length >= sizes.Length && leavesOfRow == 1)
            {
                Folding.Rows<TFunction, T>(values, sizes.Length, leaves.AsSpan(row, length / sizes.Length));
                return;
            }

            for (var done = 0; done < length;)
            {
                var count = Math.Min(Math.Min(RowLeaf, sizes.Length - place), length - done);
                leaves[(row * leavesOfRow) + (place / RowLeaf)] = Folding.Fold<TFunction, T>(values.Slice(done, count));
                done += count;
                place += count;
                if (place == sizes.Length)
                {
                    (row, place) = (row + 1, 0);
                }
            }
        }
    }

    private sealed class ColumnSink : ITileSink
    {
        private readonly ReductionSizes sizes;
        private readonly Tensor y;
        private readonly int leavesOfColumn;
        private readonly Tensor leaves;

        public ColumnSink(in ReductionSizes sizes, Tensor y)
        {
            (this.sizes, this.y) = (sizes, y);
            leavesOfColumn = ((sizes.Length - 1) / ColumnLeaf) + 1;
            leaves = Allocate.Tensor(Shape.Create([sizes.Outer, leavesOfColumn, sizes.Inner]), y.DType);
        }

        public Tensor Finish()
        {
            var partial = leaves.Elements<T>();
            for (var o = 0; o < sizes.Outer; o++)
            {
                var block = partial.Slice(o * leavesOfColumn * sizes.Inner, leavesOfColumn * sizes.Inner);
                ColumnLeafTree(block, leavesOfColumn, y.Elements<T>().Slice(o * sizes.Inner, sizes.Inner));
            }

            leaves.Release();
            GC.KeepAlive(leaves);
            return y;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Accept(int start, int length, Tile tile)
        {
            ReadOnlySpan<T> values = tile.As<T>();
            var partial = leaves.Elements<T>();
            var (row, place) = Math.DivRem(start, sizes.Inner);
            for (var done = 0; done < length; row++, place = 0)
            {
                var count = Math.Min(sizes.Inner - place, length - done);
                var (o, l) = Math.DivRem(row, sizes.Length);
                var sum = partial.Slice((((o * leavesOfColumn) + (l / ColumnLeaf)) * sizes.Inner) + place, count);
                var terms = values.Slice(done, count);
                if (l % ColumnLeaf == 0)
                {
                    terms.CopyTo(sum);
                }
                else
                {
                    Pairwise.Map<TFunction, T>(sum, terms, sum);
                }

                done += count;
            }
        }
    }
}
