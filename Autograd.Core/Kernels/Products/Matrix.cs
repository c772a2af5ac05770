using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>A matrix in memory that the caller keeps alive: element (i, j) is at origin + rows[i] + columns[j]. Transposes, broadcasts, reversals and image patches are all of this form.</summary>
internal readonly ref struct Matrix<T>
    where T : unmanaged
{
    private readonly ref T origin;

    public Matrix(ref T origin, Axis rows, Axis columns)
    {
        this.origin = ref origin;
        Rows = rows;
        Columns = columns;
    }

    public Axis Rows { get; }

    public Axis Columns { get; }

    public Matrix<T> Transposed => new(ref origin, Columns, Rows);

    /// <summary>Element (row, column), by reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(int row, int column) => ref Unsafe.Add(ref origin, Rows[row] + Columns[column]);

    /// <summary>What the places of rows are counted from in a column, by reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Column(int column) => ref Unsafe.Add(ref origin, Columns[column]);

    /// <summary>Rows [row, row + rows) and columns [column, column + columns).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Matrix<T> Block(int row, int rows, int column, int columns)
    {
        var down = Rows.Slice(row, rows, out var shiftDown);
        var across = Columns.Slice(column, columns, out var shiftAcross);
        return new(ref Unsafe.Add(ref origin, shiftDown + shiftAcross), down, across);
    }
}
