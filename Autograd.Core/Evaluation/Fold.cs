using System.Buffers;

using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>y[o, i] = x[o, 0, i] ⊕ x[o, 1, i] ⊕ …, the values of a reduction. The order of evaluation is a tree that depends on the sizes alone.</summary>
internal static partial class Fold<T, TFunction>
    where T : unmanaged, INumber<T>
    where TFunction : struct, IPairFunction
{
    /// <summary>Elements of a leaf of the tree along a row.</summary>
    private const int RowLeaf = Folding.LongestRun;

    /// <summary>Rows of a leaf of the tree down the columns.</summary>
    private const int ColumnLeaf = 32;

    /// <summary>Elements that are worth a thread's while.</summary>
    private const int ElementsPerTask = 1 << 16;

    /// <summary>Reduces the marked dimensions of <paramref name="x"/>. A reduction of no elements is 0.</summary>
    public static void Evaluate(Tensor x, in ReductionSizes sizes, ReadOnlySpan<bool> reduced, Tensor y)
    {
        if (sizes.Length == 0)
        {
            y.Elements<T>().Clear();
            return;
        }

        var plan = ReductionPlan.For(x, reduced);
        Reduce(plan, y);
        GC.KeepAlive(plan.Source);
    }

    /// <summary>The fold of each row, of as many as there are results.</summary>
    public static void Rows(ReadOnlySpan<T> rows, Span<T> results)
    {
        var length = rows.Length / results.Length;
        if (length <= RowLeaf)
        {
            Folding.Rows<TFunction, T>(rows, length, results);
            return;
        }

        for (var o = 0; o < results.Length; o++)
        {
            results[o] = RowTree(rows.Slice(o * length, length));
        }
    }

    private static void Reduce(ReductionPlan plan, Tensor y)
    {
        if (plan is { Outer: 1, Inner: 1, Length: > ElementsPerTask })
        {
            ReduceLongRow(plan, y);
            return;
        }

        if (plan is { Outer: 1, Inner: > 1 } && Threads.Count > 1 && RowsPerTask(plan.Inner) is var rows && rows < plan.Length)
        {
            ReduceLongColumns(plan, rows, y);
            return;
        }

        var perTask = Math.Max(1, ElementsPerTask / Math.Max(1, plan.Length * plan.Inner));
        Workers.Do((plan.Outer + perTask - 1) / perTask, new OuterRange(plan, y, perTask));
    }

    private static void ReduceLongRow(ReductionPlan plan, Tensor y)
    {
        var blocks = ((plan.Length - 1) / ElementsPerTask) + 1;
        var partial = new T[blocks];
        Workers.Do(blocks, new RowBlocks(plan.Source, partial));
        y.Elements<T>()[0] = RowTree(partial);
    }

    /// <summary>The fewest rows, a leaf · 2ᵏ, that are worth a thread's while: a subtree each.</summary>
    private static int RowsPerTask(int inner)
    {
        var rows = (long)ColumnLeaf;
        while (rows * inner < ElementsPerTask)
        {
            rows *= 2;
        }

        return (int)rows;
    }

    private static void ReduceLongColumns(ReductionPlan plan, int rowsPerTask, Tensor y)
    {
        var blocks = ((plan.Length - 1) / rowsPerTask) + 1;
        var partial = ArrayPool<T>.Shared.Rent(blocks * plan.Inner);
        Workers.Do(blocks, new ColumnBlocks(plan, rowsPerTask, partial));
        ColumnLeafTree(partial, blocks, y.Elements<T>());
        ArrayPool<T>.Shared.Return(partial);
    }

    private static T RowTree(ReadOnlySpan<T> row)
    {
        if (row.Length <= RowLeaf)
        {
            return Folding.Fold<TFunction, T>(row);
        }

        var half = Half(row.Length, RowLeaf);
        ReadOnlySpan<T> both = [RowTree(row[..half]), RowTree(row[half..])];
        return Folding.Fold<TFunction, T>(both);
    }

    private static void ColumnTree(ReadOnlySpan<T> rows, int count, Span<T> result)
    {
        var width = result.Length;
        if (count <= ColumnLeaf)
        {
            Folding.Columns<TFunction, T>(rows, count, result);
            return;
        }

        var half = Half(count, ColumnLeaf);
        var rented = ArrayPool<T>.Shared.Rent(width);
        var other = rented.AsSpan(0, width);
        ColumnTree(rows, half, result);
        ColumnTree(rows[(half * width)..], count - half, other);
        Pairwise.Map<TFunction, T>(result, other, result);
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>The greatest leaf · 2ᵏ below <paramref name="length"/>: where the tree divides.</summary>
    private static int Half(int length, int leaf)
    {
        long half = leaf;
        while (2 * half < length)
        {
            half *= 2;
        }

        return (int)half;
    }

    private readonly struct OuterRange(ReductionPlan plan, Tensor y, int perTask) : IWork
    {
        public void Do(int i)
        {
            var (length, inner) = (plan.Length, plan.Inner);
            ReadOnlySpan<T> values = plan.Source.Elements<T>();
            var results = y.Elements<T>();
            var end = Math.Min((i + 1) * perTask, plan.Outer);
            var begin = i * perTask;
            if (inner == 1)
            {
                Rows(values[(begin * length)..(end * length)], results[begin..end]);
                return;
            }

            for (var o = begin; o < end && inner > 0; o++)
            {
                ColumnTree(values.Slice(o * length * inner, length * inner), length, results.Slice(o * inner, inner));
            }
        }
    }

    private readonly struct RowBlocks(Tensor source, T[] partial) : IWork
    {
        public void Do(int i)
        {
            ReadOnlySpan<T> values = source.Elements<T>();
            var start = i * ElementsPerTask;
            partial[i] = RowTree(values.Slice(start, Math.Min(ElementsPerTask, values.Length - start)));
        }
    }

    private readonly struct ColumnBlocks(ReductionPlan plan, int rowsPerTask, T[] partial) : IWork
    {
        public void Do(int i)
        {
            var (inner, start) = (plan.Inner, i * rowsPerTask);
            var count = Math.Min(rowsPerTask, plan.Length - start);
            ColumnTree(plan.Source.Elements<T>().Slice(start * inner, count * inner), count, partial.AsSpan(i * inner, inner));
        }
    }
}
