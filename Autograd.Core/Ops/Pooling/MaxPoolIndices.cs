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

    public override Tensor Batch(BatchInputs x) => new MaxPoolIndicesOp(x[0].Flatten(0, 1), windows).Apply().Reshape(x.Of(Shape));

    protected override Tensor Compute()
    {
        var (source, y) = (X.RowMajor(), Allocate.Tensor(Shape, DType));
        switch (source.DType)
        {
            case DType.Float32:
                Workers.Do(Shape[0], new EachVolume<float>(new(windows, source.Shape[2], source.Shape[3]), source, y), PerTask(source));
                break;
            case DType.Float64:
                Workers.Do(Shape[0], new EachVolume<double>(new(windows, source.Shape[2], source.Shape[3]), source, y), PerTask(source));
                break;
            default:
                Workers.Do(Shape[0], new EachVolume<long>(new(windows, source.Shape[2], source.Shape[3]), source, y), PerTask(source));
                break;
        }

        GC.KeepAlive(source);
        return y;
    }

    // Volumes that are worth a thread's while.
    private static int PerTask(Tensor source) => Math.Max(1, (1 << 15) / Math.Max(1, source.ElementCount / Math.Max(1, source.Shape[0])));

    private readonly struct EachVolume<T>(GreatestPlaces<T> greatest, Tensor source, Tensor y) : IWork
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int i)
        {
            var volume = source.Shape[1] * source.Shape[2] * source.Shape[3];
            var count = y.Shape[1] * y.Shape[2] * y.Shape[3];
            greatest.Find(source.Elements<T>().Slice(i * volume, volume), y.Elements<long>().Slice(i * count, count));
        }
    }
}
