using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>The place of the greatest element of each window, the first of equal ones, counted within its volume; a NaN counts as greatest. Never recorded.</summary>
internal sealed class MaxPoolIndicesOp : UnaryOperation
{
    private readonly PoolWindows[] windows;

    /// <summary>Windows over [volumes, depth, height, width].</summary>
    public MaxPoolIndicesOp(Tensor x, PoolWindows[] windows)
        : base(x, x.DType, DType.Int64)
    {
        this.windows = windows;
        Shape = Shape.Create([x.Shape[0], windows[0].Count, windows[1].Count, windows[2].Count]);
    }

    protected override Tensor Vjp(Tensor grad) => throw new InvalidOperationException("A place has no gradient.");

    protected override Tensor Compute()
    {
        var (source, y) = (X.RowMajor(), Allocate.Tensor(Shape, DType));
        switch (source.DType)
        {
            case DType.Float32:
                Workers.Do(Shape[0], new EachVolume<float>(windows, source, y), PerTask(source));
                break;
            case DType.Float64:
                Workers.Do(Shape[0], new EachVolume<double>(windows, source, y), PerTask(source));
                break;
            default:
                Workers.Do(Shape[0], new EachVolume<long>(windows, source, y), PerTask(source));
                break;
        }

        GC.KeepAlive(source);
        return y;
    }

    // Volumes that are worth a thread's while.
    private static int PerTask(Tensor source) => Math.Max(1, (1 << 15) / Math.Max(1, source.ElementCount / Math.Max(1, source.Shape[0])));

    private readonly struct EachVolume<T>(PoolWindows[] windows, Tensor source, Tensor y) : IWork
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int i)
        {
            var (planes, rows, columns) = (windows[0], windows[1], windows[2]);
            var (height, width) = (source.Shape[2], source.Shape[3]);
            var volume = source.Shape[1] * height * width;
            ReadOnlySpan<T> values = source.Elements<T>().Slice(i * volume, volume);
            var count = planes.Count * rows.Count * columns.Count;
            var places = y.Elements<long>().Slice(i * count, count);
            var next = 0;
            for (var p = 0; p < planes.Count; p++)
            {
                for (var r = 0; r < rows.Count; r++)
                {
                    for (var c = 0; c < columns.Count; c++)
                    {
                        places[next++] = Greatest(values, (planes.Starts[p], planes.Ends[p]), (rows.Starts[r], rows.Ends[r]), (columns.Starts[c], columns.Ends[c]), height, width);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Greatest(ReadOnlySpan<T> values, (int Start, int End) planes, (int Start, int End) rows, (int Start, int End) columns, int height, int width)
        {
            var best = (((planes.Start * height) + rows.Start) * width) + columns.Start;
            var greatest = values[best];
            for (var p = planes.Start; p < planes.End; p += windows[0].Step)
            {
                for (var r = rows.Start; r < rows.End; r += windows[1].Step)
                {
                    var row = ((p * height) + r) * width;
                    for (var c = columns.Start; c < columns.End; c += windows[2].Step)
                    {
                        var value = values[row + c];
                        if (value > greatest || T.IsNaN(value))
                        {
                            (best, greatest) = (row + c, value);
                        }
                    }
                }
            }

            return best;
        }
    }
}
