using System.Runtime.CompilerServices;
using Autograd.Kernels;

namespace Autograd;

/// <summary>y[o] = Σ x[i] over window o along one dimension; or, the other way, y[i] = Σ x[o] over the windows o that have element i. Each is the other's gradient.</summary>
[GradientTest("2x5x2", "1x5x1", Arguments = [1, 5, new[] { 0, 1, 4 }, new[] { 2, 4, 5 }, false])]
[GradientTest("2x3x2", "3x3", Arguments = [1, 5, new[] { 0, 1, 4 }, new[] { 2, 4, 5 }, true])]
internal sealed class WindowSumOp : UnaryOperation
{
    /// <summary>Elements that are worth a thread's while.</summary>
    private const int ElementsPerTask = 1 << 16;

    /// <summary>Elements of a window up to which they are summed one by one.</summary>
    private const int ShortWindow = 8;

    private readonly int dim;
    private readonly int length;
    private readonly int[] starts;
    private readonly int[] ends;
    private readonly bool spread;

    /// <summary>Windows [starts[o], ends[o]) of a dimension of <paramref name="length"/> elements, summed or spread.</summary>
    public WindowSumOp(Tensor x, int dim, int length, int[] starts, int[] ends, bool spread)
        : base(x)
    {
        (this.dim, this.length, this.starts, this.ends, this.spread) = (dim, length, starts, ends, spread);
        var sizes = x.Shape.ToArray();
        sizes[dim] = spread ? length : starts.Length;
        Shape = Shape.Create(sizes);
    }

    protected override Tensor Vjp(Tensor grad)
        => new WindowSumOp(grad, dim, length, starts, ends, !spread).Apply();

    public override Tensor Batch(BatchInputs x) => new WindowSumOp(x[0], dim + 1, length, starts, ends, spread).Apply();

    protected override Tensor Compute()
    {
        var (source, y) = (X.RowMajor(), Allocate.Zeros(Shape, DType));
        if (DType == DType.Float32)
        {
            Run<float>(source, y);
        }
        else
        {
            Run<double>(source, y);
        }

        GC.KeepAlive(source);
        return y;
    }

    private void Run<T>(Tensor source, Tensor y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (outer, inner) = (1, 1);
        for (var d = 0; d < Shape.Rank; d++)
        {
            outer *= d < dim ? Shape[d] : 1;
            inner *= d > dim ? Shape[d] : 1;
        }

        if (inner == 0 || outer == 0)
        {
            return;
        }

        var work = new Block<T>(this, source, y, inner);
        var perTask = Math.Max(1, ElementsPerTask / Math.Max(1, length * inner));
        Workers.Do(outer, work, perTask);
    }

    private readonly struct Block<T>(WindowSumOp operation, Tensor source, Tensor y, int inner) : IWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int i)
        {
            var x = source.Elements<T>().Slice(i * source.Shape[operation.dim] * inner, source.Shape[operation.dim] * inner);
            var result = y.Elements<T>().Slice(i * y.Shape[operation.dim] * inner, y.Shape[operation.dim] * inner);
            for (var o = 0; o < operation.starts.Length; o++)
            {
                var (first, last) = (operation.starts[o], operation.ends[o]);
                if (inner > 1)
                {
                    AddRows(x, result, o, first, last);
                }
                else if (operation.spread)
                {
                    var value = x[o];
                    foreach (ref var element in result[first..last])
                    {
                        element += value;
                    }
                }
                else
                {
                    result[o] = last - first <= ShortWindow ? SumOfFew(x[first..last]) : Folding.Sum(x[first..last]);
                }
            }
        }

        /// <summary>A call would take longer than the sum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T SumOfFew(ReadOnlySpan<T> x)
        {
            var sum = x[0];
            for (var k = 1; k < x.Length; k++)
            {
                sum += x[k];
            }

            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void AddRows(ReadOnlySpan<T> x, Span<T> result, int o, int first, int last)
        {
            for (var k = first; k < last; k++)
            {
                var (from, to) = operation.spread ? (o, k) : (k, o);
                var target = result.Slice(to * inner, inner);
                Pairwise.Map<Sum, T>(target, x.Slice(from * inner, inner), target);
            }
        }
    }
}
