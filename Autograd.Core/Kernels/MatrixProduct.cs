using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd.Kernels;

/// <summary>C = A B for one pair of matrices. A panel of B, two vectors wide, is packed once and swept by four rows of A at a time, whose eight sums stay in registers.</summary>
internal static class MatrixProduct
{
    /// <summary>Rows of A that share the loads of B.</summary>
    private const int Rows = 4;

    /// <summary>Terms that one running sum takes. The sums of such parts are added up, so that the rounding error of a long product stays small and a packed panel in the cache.</summary>
    private const int Depth = 1024;

    /// <summary>Columns of a panel of B.</summary>
    public static int PanelWidth<T>()
        where T : unmanaged
        => 2 * Vector<T>.Count;

    /// <summary>Computes rows [firstRow, lastRow) of the panel of C that begins at column <paramref name="column"/>.</summary>
    /// <param name="a">Element (i, p) of A is at i·rowStride + p·columnStride.</param>
    /// <param name="b">B likewise.</param>
    /// <param name="c">C, row-major.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="lastRow">The row behind the last.</param>
    /// <param name="column">The first column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel<T>(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, int firstRow, int lastRow, int column)
        where T : unmanaged, INumber<T>
    {
        var width = Math.Min(PanelWidth<T>(), c.Columns - column);
        Span<T> edge = stackalloc T[Rows * PanelWidth<T>()];
        for (var first = 0; ; first += Depth)
        {
            var depth = Math.Min(Depth, a.Columns - first);
            var packed = Pack(b, first, depth, column, width);
            for (var row = firstRow; row < lastRow; row += Rows)
            {
                var rows = Math.Min(Rows, lastRow - row);
                if (rows == Rows && width == PanelWidth<T>())
                {
                    Block(a, row, Rows, first, packed, depth, ref c.At(row, column), c.RowStride, add: first > 0);
                    continue;
                }

                Block(a, row, rows, first, packed, depth, ref MemoryMarshal.GetReference(edge), PanelWidth<T>(), add: false);
                for (var r = 0; r < rows; r++)
                {
                    var sums = edge.Slice(r * PanelWidth<T>(), width);
                    var target = MemoryMarshal.CreateSpan(ref c.At(row + r, column), width);
                    if (first == 0)
                    {
                        sums.CopyTo(target);
                    }
                    else
                    {
                        TensorPrimitives.Add(target, sums, target);
                    }
                }
            }

            if (a.Columns - first <= Depth)
            {
                return;
            }
        }
    }

    /// <summary>Four rows of A, from column <paramref name="first"/> on, times the packed panel. Missing rows repeat the first, so that there is one code path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<T>(in Matrix<T> a, int row, int rows, int first, ReadOnlySpan<T> panel, int depth, ref T c, int stride, bool add)
        where T : unmanaged, INumber<T>
    {
        ref var a0 = ref a.At(row, first);
        ref var a1 = ref a.At(rows > 1 ? row + 1 : row, first);
        ref var a2 = ref a.At(rows > 2 ? row + 2 : row, first);
        ref var a3 = ref a.At(rows > 3 ? row + 3 : row, first);
        Vector<T> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        ref var b = ref MemoryMarshal.GetReference(panel);
        nint step = a.ColumnStride, at = 0, place = 0;
        for (var p = 0; p < depth; p++)
        {
            var b0 = Vector.LoadUnsafe(ref b, (nuint)place);
            var b1 = Vector.LoadUnsafe(ref b, (nuint)(place + Vector<T>.Count));
            place += 2 * Vector<T>.Count;
            var x = new Vector<T>(Unsafe.Add(ref a0, at));
            c00 += x * b0;
            c01 += x * b1;
            x = new Vector<T>(Unsafe.Add(ref a1, at));
            c10 += x * b0;
            c11 += x * b1;
            x = new Vector<T>(Unsafe.Add(ref a2, at));
            c20 += x * b0;
            c21 += x * b1;
            x = new Vector<T>(Unsafe.Add(ref a3, at));
            c30 += x * b0;
            c31 += x * b1;
            at += step;
        }

        Store(ref c, c00, c01, add);
        if (rows > 1)
        {
            Store(ref Unsafe.Add(ref c, stride), c10, c11, add);
        }

        if (rows > 2)
        {
            Store(ref Unsafe.Add(ref c, 2 * stride), c20, c21, add);
        }

        if (rows > 3)
        {
            Store(ref Unsafe.Add(ref c, 3 * stride), c30, c31, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ref T place, Vector<T> low, Vector<T> high, bool add)
        where T : unmanaged
    {
        if (add)
        {
            low = Vector.LoadUnsafe(ref place) + low;
            high = Vector.LoadUnsafe(ref place, (nuint)Vector<T>.Count) + high;
        }

        low.StoreUnsafe(ref place);
        high.StoreUnsafe(ref place, (nuint)Vector<T>.Count);
    }

    /// <summary>Columns [column, column + width) of rows [first, first + depth) of B, row by row, padded with zeros to the panel's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<T> Pack<T>(in Matrix<T> b, int first, int depth, int column, int width)
        where T : unmanaged
    {
        var panel = PanelMemory<T>.Rent(depth * PanelWidth<T>());
        for (var p = 0; p < depth; p++)
        {
            var line = panel.Slice(p * PanelWidth<T>(), PanelWidth<T>());
            if (b.ColumnStride == 1)
            {
                MemoryMarshal.CreateReadOnlySpan(ref b.At(first + p, column), width).CopyTo(line);
            }
            else
            {
                for (var j = 0; j < width; j++)
                {
                    line[j] = b.At(first + p, column + j);
                }
            }

            line[width..].Clear();
        }

        return panel;
    }

    /// <summary>The memory of a packed panel, kept by each thread.</summary>
    private static class PanelMemory<T>
        where T : unmanaged
    {
        [ThreadStatic]
        private static T[]? memory;

        public static Span<T> Rent(int length)
        {
            if (memory is null || memory.Length < length)
            {
                memory = GC.AllocateUninitializedArray<T>(length);
            }

            return memory.AsSpan(0, length);
        }
    }
}
