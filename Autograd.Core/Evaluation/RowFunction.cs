namespace Autograd.Evaluation;

/// <summary>y = f(row) for each row of x, where f yields as many numbers as it is given and all depend on all: a composition of reductions and elementwise operations whose
/// passes over a row are worth having in the first-level cache. Rows run along the last dimension.</summary>
internal abstract class RowFunction : UnaryOperation
{
    /// <summary>Elements that are worth a thread's while.</summary>
    private const int ElementsPerTask = 1 << 14;

    protected RowFunction(Tensor x)
        : base(x, Promotion.FloatingPoint(x))
        => Shape = x.Shape;

    /// <summary>y = f(x) of one row; not empty.</summary>
    protected abstract void Row<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var source = X.RowMajor();
        var y = Allocate.Tensor(Shape, DType);
        if (Shape.ElementCount > 0)
        {
            var length = Shape.AsSpan()[^1];
            var rows = Shape.ElementCount / length;
            var rowsPerTask = Math.Max(1, ElementsPerTask / length);
            var work = new Rows(this, source, y, length, rowsPerTask);
            Workers.Do(((rows - 1) / rowsPerTask) + 1, work);
        }

        GC.KeepAlive(source);
        return y;
    }

    private readonly struct Rows(RowFunction operation, Tensor source, Tensor y, int length, int rowsPerTask) : IWork
    {
        public void Do(int index)
        {
            if (y.DType == DType.Float32)
            {
                Do<float>(index);
            }
            else
            {
                Do<double>(index);
            }
        }

        private void Do<T>(int index)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ReadOnlySpan<T> values = source.Elements<T>();
            var results = y.Elements<T>();
            var end = (int)Math.Min((index + 1L) * rowsPerTask * length, results.Length);
            for (var start = index * rowsPerTask * length; start < end; start += length)
            {
                operation.Row(values.Slice(start, length), results.Slice(start, length));
            }
        }
    }
}
