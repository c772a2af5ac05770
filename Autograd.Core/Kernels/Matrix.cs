using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>A strided matrix in memory that the caller keeps alive.</summary>
internal readonly ref struct Matrix<T>
    where T : unmanaged
{
    private readonly ref T origin;

    public Matrix(ref T origin, int rows, int columns, int rowStride, int columnStride)
    {
        this.origin = ref origin;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    public int Rows { get; }

    public int Columns { get; }

    public int RowStride { get; }

    public int ColumnStride { get; }

    /// <summary>Element (row, column), by reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(int row, int column) => ref Unsafe.Add(ref origin, ((nint)row * RowStride) + ((nint)column * ColumnStride));
}
