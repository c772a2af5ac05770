using System.Buffers;

namespace Autograd.Evaluation;

/// <content>The tree over values that are stored.</content>
internal abstract partial class Reduction
{
    /// <summary>Elements of a leaf of the tree along a row.</summary>
    private const int RowLeaf = 1024;

    /// <summary>Rows of a leaf of the tree down the columns.</summary>
    private const int ColumnLeaf = 32;

    /// <summary>Elements that are worth a thread's while.</summary>
    private const int ElementsPerTask = 1 << 16;

    private void Reduce<T>(ReductionPlan plan, Tensor y)
        where T : unmanaged, INumber<T>
    {
        if (plan.Length == 0)
        {
            y.Elements<T>().Fill(Identity<T>());
            return;
        }

        if (plan is { Outer: 1, Inner: 1, Length: > ElementsPerTask })
        {
            ReduceLongRow<T>(plan, y);
            return;
        }

        var perTask = Math.Max(1, ElementsPerTask / Math.Max(1, plan.Length * plan.Inner));
        var tasks = (plan.Outer + perTask - 1) / perTask;
        var work = new OuterRange<T>(this, plan, y, perTask);
        if (tasks > 1)
        {
            Workers.Do(tasks, work);
        }
        else if (tasks == 1)
        {
            work.Do(0);
        }
    }

    private void ReduceLongRow<T>(ReductionPlan plan, Tensor y)
        where T : unmanaged, INumber<T>
    {
        var blocks = ((plan.Length - 1) / ElementsPerTask) + 1;
        var partial = new T[blocks];
        Workers.Do(blocks, new RowBlocks<T>(this, plan.Source, partial));
        y.Elements<T>()[0] = RowTree<T>(partial);
    }

    private T RowTree<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>
    {
        if (row.Length <= RowLeaf)
        {
            return Row(row);
        }

        var half = Half(row.Length, RowLeaf);
        ReadOnlySpan<T> both = [RowTree(row[..half]), RowTree(row[half..])];
        return Row(both);
    }

    private void ColumnTree<T>(ReadOnlySpan<T> rows, int count, Span<T> result)
        where T : unmanaged, INumber<T>
    {
        var width = result.Length;
        if (count <= ColumnLeaf)
        {
            rows[..width].CopyTo(result);
            for (var i = 1; i < count; i++)
            {
                Combine(result, rows.Slice(i * width, width), result);
            }

            return;
        }

        var half = Half(count, ColumnLeaf);
        var rented = ArrayPool<T>.Shared.Rent(width);
        var other = rented.AsSpan(0, width);
        ColumnTree(rows, half, result);
        ColumnTree(rows[(half * width)..], count - half, other);
        Combine(result, other, result);
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

    private readonly struct OuterRange<T>(Reduction operation, ReductionPlan plan, Tensor y, int perTask) : IWork
        where T : unmanaged, INumber<T>
    {
        public void Do(int i)
        {
            var (length, inner) = (plan.Length, plan.Inner);
            ReadOnlySpan<T> values = plan.Source.Elements<T>();
            var results = y.Elements<T>();
            for (var o = i * perTask; o < Math.Min((i + 1) * perTask, plan.Outer); o++)
            {
                var block = values.Slice(o * length * inner, length * inner);
                if (inner == 1)
                {
                    results[o] = operation.RowTree(block);
                }
                else if (inner > 1)
                {
                    operation.ColumnTree(block, length, results.Slice(o * inner, inner));
                }
            }
        }
    }

    private readonly struct RowBlocks<T>(Reduction operation, Tensor source, T[] partial) : IWork
        where T : unmanaged, INumber<T>
    {
        public void Do(int i)
        {
            ReadOnlySpan<T> values = source.Elements<T>();
            var start = i * ElementsPerTask;
            partial[i] = operation.RowTree(values.Slice(start, Math.Min(ElementsPerTask, values.Length - start)));
        }
    }
}
