using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Autograd.Kernels;

/// <summary>Asks for memory ahead of time, so that it is in the cache when it is wanted. No more than advice: where a processor cannot be asked, nothing happens.</summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>Asks for the line of a place, into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref readonly T place)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
        }
    }

    /// <summary>Asks for eight lines in a row, into the first-level cache. The address may lie anywhere, outside of all memory, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void EightLines(nint address)
    {
        if (Sse.IsSupported)
        {
            var line = (byte*)address;
            Sse.Prefetch0(line);
            Sse.Prefetch0(line + LineBytes);
            Sse.Prefetch0(line + (2 * LineBytes));
            Sse.Prefetch0(line + (3 * LineBytes));
            Sse.Prefetch0(line + (4 * LineBytes));
            Sse.Prefetch0(line + (5 * LineBytes));
            Sse.Prefetch0(line + (6 * LineBytes));
            Sse.Prefetch0(line + (7 * LineBytes));
        }
    }

    /// <summary>Asks for part <paramref name="part"/> of <paramref name="parts"/> of a panel of a matrix, into the second-level cache: in the first one, lines at powers of two would drive each other out.
    /// Only where rows or columns are contiguous; else there is no telling which lines pay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel<T>(in Matrix<T> matrix, int column, int columns, int start, int rows, int part, int parts)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        if (matrix.Columns.IsContiguous)
        {
            Lines(matrix, start + (rows * part / parts), start + (rows * (part + 1) / parts), column, columns);
        }
        else if (matrix.Rows.IsContiguous)
        {
            Lines(matrix.Transposed, column + (columns * part / parts), column + (columns * (part + 1) / parts), start, rows);
        }
    }

    /// <summary>Asks for rows <paramref name="first"/> to <paramref name="end"/> − 1 of columns that are contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Lines<T>(in Matrix<T> matrix, int first, int end, int column, int columns)
        where T : unmanaged
    {
        for (var row = first; row < end; row++)
        {
            ref var line = ref matrix.At(row, column);
            for (nint i = 0; i < columns; i += LineBytes / Unsafe.SizeOf<T>())
            {
                Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref line, i)));
            }
        }
    }
}
