namespace Autograd.Evaluation;

/// <summary>An operation on each matrix of a stack by itself: dimensions in front of the last two are batches.</summary>
internal abstract class MatrixOperation : UnaryOperation
{
    /// <summary>Steps of an algorithm that are worth a thread's while.</summary>
    private const long WorkPerTask = 1 << 18;

    private int failed = int.MaxValue;

    /// <summary>An operation whose result has matrices of <paramref name="rows"/> rows and <paramref name="columns"/> columns.</summary>
    protected MatrixOperation(Tensor x, int rows, int columns)
        : base(x)
    {
        (Rows, Columns) = (x.Shape[-2], x.Shape[-1]);
        Shape = Shape.Create([.. x.Shape.AsSpan()[..^2], rows, columns]);
    }

    /// <summary>Rows of a matrix of the input.</summary>
    protected int Rows { get; }

    /// <summary>Columns of a matrix of the input.</summary>
    protected int Columns { get; }

    /// <summary>The algorithm, from a row-major matrix to a row-major matrix.</summary>
    /// <returns>Whether there is a result.</returns>
    protected abstract bool Kernel<T>(ReadOnlySpan<T> a, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Why a matrix has no result.</summary>
    /// <param name="which">The matrix, for a message.</param>
    protected abstract string Failure(string which);

    /// <inheritdoc/>
    protected override Tensor Compute()
    {
        var (source, y) = (X.RowMajor(), Allocate.Tensor(Shape, DType));
        if (DType == DType.Float32)
        {
            Run<float>(source, y);
        }
        else
        {
            Run<double>(source, y);
        }

        GC.KeepAlive(source);
        return failed == int.MaxValue ? y : throw new LinearAlgebraException($"{Name}: {Failure(Matrices.Describe(source.Shape, failed))}");
    }

    private void Run<T>(Tensor source, Tensor y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var steps = (long)Rows * Columns * Math.Min(Rows, Columns);
        Workers.Do(Matrices.CountOf(source.Shape), new EachMatrix<T>(this, source, y), (int)Math.Clamp(WorkPerTask / Math.Max(1, steps), 1, int.MaxValue));
    }

    /// <summary>Remembers the first matrix without a result, whatever the order in which threads come to them.</summary>
    private void Fail(int i)
    {
        for (var first = failed; i < first;)
        {
            var seen = Interlocked.CompareExchange(ref failed, i, first);
            if (seen == first)
            {
                return;
            }

            first = seen;
        }
    }

    private readonly struct EachMatrix<T>(MatrixOperation operation, Tensor source, Tensor y) : IWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Do(int i)
        {
            if (!operation.Kernel<T>(Matrices.At<T>(source, i), Matrices.At<T>(y, i)))
            {
                operation.Fail(i);
            }
        }
    }
}
