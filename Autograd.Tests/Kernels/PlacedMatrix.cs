using Autograd.Kernels;

namespace Autograd.Tests.Kernels;

/// <summary>A matrix somewhere in an array whose other elements are NaN: contiguous either way, with gaps, backwards, repeated, or at places given by tables.</summary>
internal sealed class PlacedMatrix<T>
    where T : unmanaged, System.Numerics.INumber<T>
{
    private readonly T[] storage;
    private readonly int offset;
    private readonly Line rows;
    private readonly Line columns;

    /// <summary>A matrix of random numbers in a random place.</summary>
    public PlacedMatrix(int rowCount, int columnCount, Random random, bool canRepeat)
    {
        var rowsInside = random.Next(3) == 0;
        var inner = Line.Random(rowsInside ? rowCount : columnCount, 1 + (random.Next(4) / 3), random, canRepeat);
        var outer = Line.Random(rowsInside ? columnCount : rowCount, Math.Max(1, inner.Extent) + random.Next(3), random, canRepeat);
        (rows, columns) = rowsInside ? (inner, outer) : (outer, inner);
        offset = random.Next(4) - rows.Least - columns.Least;
        storage = new T[offset + rows.Least + columns.Least + inner.Extent + outer.Extent + 4];
        Array.Fill(storage, Poison);
        for (var i = 0; i < rowCount; i++)
        {
            for (var j = 0; j < columnCount; j++)
            {
                this[i, j] = typeof(T) == typeof(long) ? T.CreateTruncating(random.NextInt64()) : T.CreateTruncating((random.NextDouble() * 2) - 1);
            }
        }
    }

    public static T Poison { get; } = typeof(T) == typeof(long) ? T.CreateTruncating(0x7FF8_0000_0000_0001) : T.CreateTruncating(double.NaN);

    public int Rows => rows.Count;

    public int Columns => columns.Count;

    /// <summary>The matrix as kernels take it.</summary>
    public Matrix<T> Matrix => new(ref storage[offset], rows.Axis, columns.Axis);

    public T this[int row, int column]
    {
        get => storage[offset + rows.At(row) + columns.At(column)];
        set => storage[offset + rows.At(row) + columns.At(column)] = value;
    }

    public T[] Row(int row) => [.. Enumerable.Range(0, Columns).Select(column => this[row, column])];

    public T[] Column(int column) => [.. Enumerable.Range(0, Rows).Select(row => this[row, column])];

    /// <summary>All of the array, to see what was written where.</summary>
    public T[] Snapshot() => [.. storage];

    public void Restore(T[] snapshot) => snapshot.CopyTo(storage, 0);

    public override string ToString() => $"{Rows}×{Columns} from {offset}, rows {rows}, columns {columns}";

    /// <summary>The lines along one axis.</summary>
    private sealed record Line(int Count, int Stride, int[]? Table)
    {
        public Axis Axis => Table is null ? new(Count, Stride) : new(Table);

        public int Least => Count == 0 ? 0 : Enumerable.Range(0, Count).Min(At);

        public int Extent => Count == 0 ? 0 : Enumerable.Range(0, Count).Max(At) - Least + 1;

        public static Line Random(int count, int stride, Random random, bool canRepeat)
        {
            switch (random.Next(6))
            {
                case 0:
                    return new(count, -stride, null);
                case 1 when canRepeat:
                    return new(count, 0, null);
                case 2:
                    // Runs of neighbours in any order, as the rows of an image's patches are.
                    int[][] runs = [.. Enumerable.Range(0, count).Select(i => i * stride).Chunk(random.Next(1, 40))];
                    random.Shuffle(runs);
                    return new(count, stride, [.. runs.SelectMany(run => run)]);
                default:
                    return new(count, stride, null);
            }
        }

        public int At(int index) => Table?[index] ?? (index * Stride);

        public override string ToString() => Table is null ? $"{Stride}" : $"at [{string.Join(", ", Table)}]";
    }
}
