using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    public override Tensor Batch(BatchInputs x) => new MaxPoolIndicesOp(x[0].Flatten(0, 1), windows).Apply().Reshape(x.Of(Shape));

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
        private readonly (int First, int Count) even = windows[2].Even;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int i)
        {
            var (planes, rows, columns) = (windows[0], windows[1], windows[2]);
            var (height, width) = (source.Shape[2], source.Shape[3]);
            var volume = source.Shape[1] * height * width;
            ReadOnlySpan<T> values = source.Elements<T>()[(i * volume)..];
            var count = planes.Count * rows.Count * columns.Count;
            var places = y.Elements<long>().Slice(i * count, count);
            var line = new MaxPoolLine<T>(even.Count, columns.Stride);
            for (var p = 0; p < planes.Count; p++)
            {
                for (var r = 0; r < rows.Count; r++)
                {
                    var (deep, down) = (new PoolWindow(planes.Starts[p], planes.Ends[p], planes.Step), new PoolWindow(rows.Starts[r], rows.Ends[r], rows.Step));
                    for (var c = 0; c < columns.Count; c++)
                    {
                        var across = new PoolWindow(columns.Starts[c], columns.Ends[c], columns.Step);
                        if (c == even.First && even.Count > 1)
                        {
                            line.Greatest(values, deep, down, across, height, width, places[c..]);
                            c += even.Count - 1;
                        }
                        else
                        {
                            places[c] = Greatest(values, deep, down, across, height, width);
                        }
                    }

                    places = places[columns.Count..];
                }
            }

            line.Release();
        }

        // Which element of a window is greatest is a matter of chance: a step without a branch costs less than half of the branches' wrong predictions.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int Greatest(ReadOnlySpan<T> values, PoolWindow planes, PoolWindow rows, PoolWindow columns, int height, int width)
        {
            ref var first = ref MemoryMarshal.GetReference(values);
            var best = (((planes.Start * height) + rows.Start) * width) + columns.Start;
            for (var p = planes.Start; p < planes.End; p += planes.Step)
            {
                for (var r = rows.Start; r < rows.End; r += rows.Step)
                {
                    var row = ((p * height) + r) * width;
                    for (var c = columns.Start; c < columns.End; c += columns.Step)
                    {
                        var value = Unsafe.Add(ref first, row + c);
                        var wins = (value > Unsafe.Add(ref first, best)) | T.IsNaN(value);
                        best += (row + c - best) & -Unsafe.BitCast<bool, byte>(wins);
                    }
                }
            }

            return best;
        }
    }
}
