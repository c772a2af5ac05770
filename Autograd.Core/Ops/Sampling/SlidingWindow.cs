namespace Autograd;

/// <summary>A window that moves over an image: its elements and its places.</summary>
internal sealed class SlidingWindow
{
    private readonly Axis rows;
    private readonly Axis columns;

    private SlidingWindow(Axis rows, Axis columns) => (this.rows, this.columns) = (rows, columns);

    /// <summary>The number of elements that the window sees at once.</summary>
    public int Elements => rows.Kernel * columns.Kernel;

    /// <summary>The number of its places.</summary>
    public int Places => rows.Places * columns.Places;

    public int PaddedHeight => rows.Padded;

    public int PaddedWidth => columns.Padded;

    /// <summary>As <see cref="Tensor.Pad(ReadOnlySpan{int}, Scalar?)"/> takes it.</summary>
    public int[] Padding => [columns.Padding, columns.Padding, rows.Padding, rows.Padding];

    public static SlidingWindow Over(
        int height, int width, ReadOnlySpan<int> kernelSize, ReadOnlySpan<int> dilation, ReadOnlySpan<int> padding, ReadOnlySpan<int> stride, string operation)
    {
        var kernel = Pair(kernelSize, 1, null, operation, nameof(kernelSize));
        var distance = Pair(dilation, 1, 1, operation, nameof(dilation));
        var border = Pair(padding, 0, 0, operation, nameof(padding));
        var step = Pair(stride, 1, 1, operation, nameof(stride));
        var rows = new Axis(height, kernel.Rows, distance.Rows, border.Rows, step.Rows);
        var columns = new Axis(width, kernel.Columns, distance.Columns, border.Columns, step.Columns);
        return rows.Places > 0 && columns.Places > 0
            ? new(rows, columns)
            : throw new ShapeException($"{operation}: a window of {kernel.Rows} by {kernel.Columns} with dilation {distance.Rows}, {distance.Columns} does not fit into an image of {height} by {width} with padding {border.Rows}, {border.Columns}.");
    }

    /// <summary>Two numbers, or one for both.</summary>
    public static (int Rows, int Columns) Pair(ReadOnlySpan<int> numbers, int least, int? otherwise, string operation, string name)
    {
        var pair = numbers.Length switch
        {
            0 when otherwise is { } number => (number, number),
            1 => (numbers[0], numbers[0]),
            2 => (numbers[0], numbers[1]),
            _ => throw new ArgumentException($"{operation}: {name} is one number or two, (rows, columns), not {Shape.Describe(numbers)}.", name),
        };
        return Math.Min(pair.Item1, pair.Item2) >= least
            ? pair
            : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} is {Shape.Describe(numbers)}; each number must be at least {least}.");
    }

    /// <summary>For each element of the window and each of its places, the element of the padded image, counted in row-major order.</summary>
    public Tensor Index()
        => ((rows.Index().Reshape(rows.Kernel, 1, rows.Places, 1) * columns.Padded) + columns.Index().Reshape(1, columns.Kernel, 1, columns.Places)).Flatten();

    private readonly record struct Axis(int Size, int Kernel, int Dilation, int Padding, int Stride)
    {
        /// <summary>The size with the padding; too large for any tensor if it is the greatest number.</summary>
        public int Padded => (int)Math.Min(int.MaxValue, Size + (2L * Padding));

        public int Places => Padded > Reach ? (int)((Padded - Reach - 1) / Stride) + 1 : 0;

        /// <summary>The distance of the window's first and last element.</summary>
        private long Reach => (long)Dilation * (Kernel - 1);

        public Tensor Index() => (Tensor.Arange(Kernel) * Dilation).Unsqueeze(1) + (Tensor.Arange(Places) * Stride);
    }
}
