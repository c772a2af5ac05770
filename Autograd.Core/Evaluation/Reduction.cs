using System.Buffers;
using CommunityToolkit.HighPerformance.Helpers;

namespace Autograd.Evaluation;

/// <summary>y = x₁ ⊕ x₂ ⊕ … over some dimensions, for an associative ⊕. The order of evaluation is a tree that depends on the shape alone:
/// rounding errors grow with its height, and the number of threads changes no bit.</summary>
internal abstract class Reduction : Operation
{
    /// <summary>Elements of a leaf of the tree along a row.</summary>
    private const int RowLeaf = 1024;

    /// <summary>Rows of a leaf of the tree down the columns.</summary>
    private const int ColumnLeaf = 32;

    /// <summary>Elements that are worth a thread's while.</summary>
    private const int ElementsPerTask = 1 << 16;

    private readonly bool[] reduced;
    private readonly bool keepDim;
    private readonly Shape from;
    private Operand x;

    /// <summary>Reduces the dimensions <paramref name="dims"/>, or all if there are none.</summary>
    protected Reduction(Tensor x, DType common, int[] dims, bool keepDim)
        : base(common)
    {
        this.x = new Operand(x, common);
        this.keepDim = keepDim;
        from = x.Shape;
        reduced = Dims.ToMask(dims, x.Rank, Name);
        Shape = ReductionPlan.ResultShape(from, reduced, keepDim);
        if (!HasIdentity && from.ElementCount == 0 && Shape.ElementCount > 0)
        {
            throw new ShapeException($"{Name}: shape {from} has no elements along the reduced dimensions, and {Name} of nothing is not defined.");
        }
    }

    /// <inheritdoc/>
    public sealed override int InputCount => 1;

    /// <summary>The input.</summary>
    protected Tensor X => ValueOf(0);

    /// <summary>The shape of the input.</summary>
    protected Shape From => from;

    /// <summary>Whether a reduction of no elements has a value.</summary>
    protected virtual bool HasIdentity => false;

    /// <inheritdoc/>
    public sealed override ref Operand Input(int index) => ref x;

    /// <inheritdoc/>
    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients) => gradients[0] = Vjp(grad);

    /// <summary>The gradient with respect to X, given <paramref name="grad"/>, the one with respect to Y.</summary>
    protected abstract Tensor Vjp(Tensor grad);

    /// <summary>The marked dimensions back with size 1, so that a result broadcasts against X.</summary>
    protected Tensor KeepDims(Tensor result) => keepDim ? result : result.Reshape(ReductionPlan.ResultShape(from, reduced, keepDim: true));

    /// <summary>The dimensions that were reduced.</summary>
    protected int[] ReducedDims() => [.. Enumerable.Range(0, reduced.Length).Where(i => reduced[i])];

    /// <summary>⊕ over a row; not empty.</summary>
    protected abstract T Row<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>;

    /// <summary>y[i] = a[i] ⊕ b[i]; y may be a.</summary>
    protected abstract void Combine<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T>;

    /// <summary>The value of a reduction of no elements.</summary>
    protected virtual T Identity<T>()
        where T : unmanaged, INumber<T>
        => T.Zero;

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        if (Shape.ElementCount == 1 && X.Pending is not null && TryStream(y))
        {
            return y;
        }

        var plan = ReductionPlan.For(X, reduced);
        switch (DType)
        {
            case DType.Float32:
                Reduce<float>(plan, y);
                break;
            case DType.Float64:
                Reduce<double>(plan, y);
                break;
            default:
                Reduce<long>(plan, y);
                break;
        }

        GC.KeepAlive(plan.Source);
        return y;
    }

    /// <summary>Reduces all of a pending chain's values as they are computed, to the same bits as if they were stored first.</summary>
    private bool TryStream(Tensor y) => DType switch
    {
        DType.Float32 => TryStream<float>(y),
        DType.Float64 => TryStream<double>(y),
        _ => TryStream<long>(y),
    };

    private bool TryStream<T>(Tensor y)
        where T : unmanaged, INumber<T>
    {
        var count = X.ElementCount;
        var leaves = new T[((count - 1) / RowLeaf) + 1];
        if (!Region.TryStream(X, new LeafSink<T>(this, leaves)))
        {
            return false;
        }

        var blocks = new T[((count - 1) / ElementsPerTask) + 1];
        for (var i = 0; i < blocks.Length; i++)
        {
            var first = i * (ElementsPerTask / RowLeaf);
            blocks[i] = LeafTree<T>(leaves.AsSpan(first, Math.Min(ElementsPerTask / RowLeaf, leaves.Length - first)));
        }

        y.Elements<T>()[0] = blocks.Length == 1 ? blocks[0] : RowTree<T>(blocks);
        return true;
    }

    /// <summary>The tree above its leaves: what <see cref="RowTree"/> does once each run of <see cref="RowLeaf"/> elements has become one.</summary>
    private T LeafTree<T>(ReadOnlySpan<T> leaves)
        where T : unmanaged, INumber<T>
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var half = Half(leaves.Length, 1);
        ReadOnlySpan<T> both = [LeafTree(leaves[..half]), LeafTree(leaves[half..])];
        return Row(both);
    }

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
            ParallelHelper.For(0, tasks, work);
        }
        else if (tasks == 1)
        {
            work.Invoke(0);
        }
    }

    private void ReduceLongRow<T>(ReductionPlan plan, Tensor y)
        where T : unmanaged, INumber<T>
    {
        var blocks = ((plan.Length - 1) / ElementsPerTask) + 1;
        var partial = new T[blocks];
        ParallelHelper.For(0, blocks, new RowBlocks<T>(this, plan.Source, partial));
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

    private sealed class LeafSink<T>(Reduction operation, T[] leaves) : ITileSink
        where T : unmanaged, INumber<T>
    {
        public void Accept(int start, int length, Tile tile)
        {
            ReadOnlySpan<T> values = tile.As<T>()[..length];
            for (var i = 0; i < length; i += RowLeaf)
            {
                leaves[(start + i) / RowLeaf] = operation.Row(values.Slice(i, Math.Min(RowLeaf, length - i)));
            }
        }
    }

    private readonly struct OuterRange<T>(Reduction operation, ReductionPlan plan, Tensor y, int perTask) : IAction
        where T : unmanaged, INumber<T>
    {
        public void Invoke(int i)
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

    private readonly struct RowBlocks<T>(Reduction operation, Tensor source, T[] partial) : IAction
        where T : unmanaged, INumber<T>
    {
        public void Invoke(int i)
        {
            ReadOnlySpan<T> values = source.Elements<T>();
            var start = i * ElementsPerTask;
            partial[i] = operation.RowTree(values.Slice(start, Math.Min(ElementsPerTask, values.Length - start)));
        }
    }
}
