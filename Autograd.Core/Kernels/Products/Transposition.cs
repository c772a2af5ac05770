using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Lines that are contiguous along the depth, turned in registers into columns: first squares of four lines of floats, or two of doubles, in each 128-bit part of a register; then squares of such parts.</summary>
internal static class Transposition
{
    /// <summary>Squares of each strip for which all lines are fetched while as many are turned.</summary>
    public const int FetchedSquares = 8;

    /// <summary>packed[p·width + r] = source(first + r, start + p), as <see cref="Packing.Pack"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(in Matrix<T> source, int first, int count, int width, int start, int depth, ref T packed)
        where T : unmanaged
    {
        var r = 0;
        while (!source.Rows.IsTable && r < count)
        {
            ref var lines = ref source.At(first + r, start);
            ref var to = ref Unsafe.Add(ref packed, r);
            if (Vector512.IsHardwareAccelerated && count - r >= Vector512<T>.Count)
            {
                Copy<Register512<T>, Vector512<T>, T>(ref lines, source.Rows.Stride, depth, ref to, width);
                r += Vector512<T>.Count;
            }
            else if (Vector256.IsHardwareAccelerated && count - r >= Vector256<T>.Count)
            {
                Copy<Register256<T>, Vector256<T>, T>(ref lines, source.Rows.Stride, depth, ref to, width);
                r += Vector256<T>.Count;
            }
            else if (Vector128.IsHardwareAccelerated && count - r >= Vector128<T>.Count)
            {
                Copy<Register128<T>, Vector128<T>, T>(ref lines, source.Rows.Stride, depth, ref to, width);
                r += Vector128<T>.Count;
            }
            else
            {
                break;
            }
        }

        for (; r < count; r++)
        {
            ref var line = ref source.At(first + r, start);
            for (nint p = 0, to = r; p < depth; p++, to += width)
            {
                Unsafe.Add(ref packed, to) = Unsafe.Add(ref line, p);
            }
        }
    }

    /// <summary>Squares of as many lines as a register has elements become columns, each of which is taken in turn: the first element of each line, then the second and so on.
    /// With two strips of lines, their squares follow in turn, each loaded by instructions of its own: what fetches ahead follows an instruction's places through memory.</summary>
    /// <param name="strips">The strips.</param>
    /// <param name="pitch">The distance of lines.</param>
    /// <param name="squares">The number of squares of each strip.</param>
    /// <param name="width">What <typeparamref name="TColumns"/> calls so.</param>
    /// <param name="advance">What a strip's memory advances by from square to square.</param>
    /// <typeparam name="TRegister">The kind of register.</typeparam>
    /// <typeparam name="TVector">What it holds.</typeparam>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <typeparam name="TColumns">What is done with the columns.</typeparam>
    /// <typeparam name="TStrips">One strip or two.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn<TRegister, TVector, T, TColumns, TStrips>(ref Strips<TVector, T> strips, nint pitch, nint squares, nint width, nint advance)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TColumns : struct, IColumns<TVector, T>
        where TStrips : struct, ISize
    {
        ref var lines = ref strips.Lines;
        ref var memory = ref strips.Memory;
        ref var otherLines = ref strips.OtherLines;
        ref var otherMemory = ref strips.OtherMemory;
        var (next, otherNext) = (Place(ref lines, strips.Ahead), Place(ref otherLines, strips.Ahead));
        var fetches = strips.Ahead != 0;
        var (sums, otherSums) = (strips.Sums, strips.OtherSums);
        for (; squares > 0; squares--)
        {
            if (TStrips.Value > 1 && fetches)
            {
                for (var r = 0; r < TRegister.Count; r += FetchedSquares)
                {
                    Prefetch.EightLines(next);
                    Prefetch.EightLines(otherNext);
                    next += pitch * Unsafe.SizeOf<T>();
                    otherNext += pitch * Unsafe.SizeOf<T>();
                }
            }

            sums = TurnSquare<TRegister, TVector, T, TColumns>(ref lines, pitch, ref memory, width, sums);
            lines = ref Unsafe.Add(ref lines, TRegister.Count);
            memory = ref Unsafe.Add(ref memory, advance);
            if (TStrips.Value > 1)
            {
                otherSums = TurnSquare<TRegister, TVector, T, TColumns>(ref otherLines, pitch, ref otherMemory, width, otherSums);
                otherLines = ref Unsafe.Add(ref otherLines, TRegister.Count);
                otherMemory = ref Unsafe.Add(ref otherMemory, advance);
            }
        }

        (strips.Sums, strips.OtherSums) = (sums, otherSums);
    }

    /// <summary>A place to fetch from: a number, since it may lie outside of the matrix, where there is nothing to refer to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe nint Place<T>(ref T lines, nint ahead)
        where T : unmanaged => (nint)Unsafe.AsPointer(ref lines) + (ahead * Unsafe.SizeOf<T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector TurnSquare<TRegister, TVector, T, TColumns>(ref T lines, nint pitch, ref T memory, nint width, TVector sums)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged
        where TColumns : struct, IColumns<TVector, T>
    {
        nint square = TRegister.Square, parts = TRegister.Count / square;
        TVector b0 = default, b1 = default, b2 = default, b3 = default, c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        LoadLines<TRegister, TVector, T>(ref lines, pitch, out var a0, out var a1, out var a2, out var a3);
        if (parts > 1)
        {
            LoadLines<TRegister, TVector, T>(ref Unsafe.Add(ref lines, square * pitch), pitch, out b0, out b1, out b2, out b3);
        }

        if (parts > 2)
        {
            LoadLines<TRegister, TVector, T>(ref Unsafe.Add(ref lines, 2 * square * pitch), pitch, out c0, out c1, out c2, out c3);
            LoadLines<TRegister, TVector, T>(ref Unsafe.Add(ref lines, 3 * square * pitch), pitch, out d0, out d1, out d2, out d3);
        }

        TRegister.TurnParts(ref a0, ref b0, ref c0, ref d0);
        TRegister.TurnParts(ref a1, ref b1, ref c1, ref d1);
        TRegister.TurnParts(ref a2, ref b2, ref c2, ref d2);
        TRegister.TurnParts(ref a3, ref b3, ref c3, ref d3);
        sums = TColumns.Take(a0, 0, ref memory, width, sums);
        if (square > 1) sums = TColumns.Take(a1, 1, ref memory, width, sums);
        if (square > 2) sums = TColumns.Take(a2, 2, ref memory, width, sums);
        if (square > 2) sums = TColumns.Take(a3, 3, ref memory, width, sums);
        if (parts > 1) sums = TColumns.Take(b0, square, ref memory, width, sums);
        if (parts > 1) sums = TColumns.Take(b1, square + 1, ref memory, width, sums);
        if (parts > 1 && square > 2) sums = TColumns.Take(b2, square + 2, ref memory, width, sums);
        if (parts > 1 && square > 2) sums = TColumns.Take(b3, square + 3, ref memory, width, sums);
        if (parts > 2) sums = TColumns.Take(c0, 2 * square, ref memory, width, sums);
        if (parts > 2) sums = TColumns.Take(c1, (2 * square) + 1, ref memory, width, sums);
        if (parts > 2 && square > 2) sums = TColumns.Take(c2, (2 * square) + 2, ref memory, width, sums);
        if (parts > 2 && square > 2) sums = TColumns.Take(c3, (2 * square) + 3, ref memory, width, sums);
        if (parts > 2) sums = TColumns.Take(d0, 3 * square, ref memory, width, sums);
        if (parts > 2) sums = TColumns.Take(d1, (3 * square) + 1, ref memory, width, sums);
        if (parts > 2 && square > 2) sums = TColumns.Take(d2, (3 * square) + 2, ref memory, width, sums);
        if (parts > 2 && square > 2) sums = TColumns.Take(d3, (3 * square) + 3, ref memory, width, sums);
        return sums;
    }

    /// <summary>The next elements of as many lines as a register has elements: <paramref name="c0"/> holds the first of each line, <paramref name="c1"/> the second.
    /// Of the four, only as many are set as a square has columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<TRegister, TVector, T>(ref T lines, nint pitch, out TVector c0, out TVector c1, out TVector c2, out TVector c3)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var step = TRegister.Square * pitch;
        c0 = TRegister.LoadParts(ref lines, step);
        c1 = TRegister.Square > 1 ? TRegister.LoadParts(ref Unsafe.Add(ref lines, pitch), step) : default;
        c2 = TRegister.Square > 2 ? TRegister.LoadParts(ref Unsafe.Add(ref lines, 2 * pitch), step) : default;
        c3 = TRegister.Square > 2 ? TRegister.LoadParts(ref Unsafe.Add(ref lines, 3 * pitch), step) : default;
        TRegister.TurnSquares(ref c0, ref c1, ref c2, ref c3);
    }

    /// <summary>As many lines as a square has, with the squares in them turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadLines<TRegister, TVector, T>(ref T lines, nint pitch, out TVector c0, out TVector c1, out TVector c2, out TVector c3)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        c0 = TRegister.Load(ref lines, 0);
        c1 = TRegister.Square > 1 ? TRegister.Load(ref lines, pitch) : default;
        c2 = TRegister.Square > 2 ? TRegister.Load(ref lines, 2 * pitch) : default;
        c3 = TRegister.Square > 2 ? TRegister.Load(ref lines, 3 * pitch) : default;
        TRegister.TurnSquares(ref c0, ref c1, ref c2, ref c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<TRegister, TVector, T>(ref T lines, nint pitch, nint depth, ref T to, nint width)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        var squares = depth / TRegister.Count;
        var strips = new Strips<TVector, T>(ref lines, ref to);
        Turn<TRegister, TVector, T, StoredColumns<TRegister, TVector, T>, One>(ref strips, pitch, squares, width, TRegister.Count * width);
        var p = squares * TRegister.Count;
        to = ref Unsafe.Add(ref to, p * width);
        for (; p + TRegister.Square <= depth; p += TRegister.Square, to = ref Unsafe.Add(ref to, TRegister.Square * width))
        {
            Load<TRegister, TVector, T>(ref Unsafe.Add(ref lines, p), pitch, out var c0, out var c1, out var c2, out var c3);
            TRegister.Store(c0, ref to, 0);
            TRegister.Store(c1, ref to, width);
            if (TRegister.Square > 2)
            {
                TRegister.Store(c2, ref to, 2 * width);
                TRegister.Store(c3, ref to, 3 * width);
            }
        }

        for (; p < depth; p++, to = ref Unsafe.Add(ref to, width))
        {
            for (nint r = 0; r < TRegister.Count; r++)
            {
                Unsafe.Add(ref to, r) = Unsafe.Add(ref lines, (r * pitch) + p);
            }
        }
    }
}
