using System.Runtime.CompilerServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>A right factor that meets many left ones, copied once to where a product reads it fastest: panel after panel, each of so many columns that they fill two of the widest registers.</summary>
internal readonly struct Panels<T>
    where T : unmanaged
{
    private readonly Tensor memory;
    private readonly int rows;
    private readonly int[] columns;

    /// <summary>A matrix whose elements are yet to be written.</summary>
    public Panels(int rows, int columns, DType dtype)
    {
        this.rows = rows;
        var panels = (columns + Width - 1) / Width;
        memory = Allocate.Tensor(Shape.Create([panels, rows, Width]), dtype);
        this.columns = new int[columns];
        for (var j = 0; j < columns; j++)
        {
            this.columns[j] = (j / Width * rows * Width) + (j % Width);
        }
    }

    /// <summary>The matrix, of which only what has been written may be read.</summary>
    public Matrix<T> Matrix => new(ref memory.Elements<T>().GetPinnableReference(), new Axis(rows, Width), new Axis(columns));

    private static int Width => 128 / Unsafe.SizeOf<T>();

    /// <summary>Copies a block to where its first element is at (<paramref name="row"/>, <paramref name="column"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(in Matrix<T> block, int row, int column)
    {
        var (depth, across) = (block.Rows.Count, block.Columns.Count);
        var all = Matrix;
        for (int j = 0, width; depth > 0 && j < across; j += width)
        {
            width = Math.Min(Width - ((column + j) % Width), across - j);
            if (width == Width)
            {
                Packing.Pack(block.Transposed, j, width, width, 0, depth, ref all.At(row, column + j));
                continue;
            }

            for (var p = 0; p < depth; p++)
            {
                for (var r = 0; r < width; r++)
                {
                    all.At(row + p, column + j + r) = block.At(p, j + r);
                }
            }
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Release() => memory.Release();
}
