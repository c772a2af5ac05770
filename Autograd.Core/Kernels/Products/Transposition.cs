using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Lines that are contiguous along the depth, turned in registers into columns: in each 128-bit part of a register a square of four lines of floats, or two of doubles.</summary>
internal static class Transposition
{
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

    /// <summary>The next elements of as many lines as a register has elements: <paramref name="c0"/> holds the first of each line, <paramref name="c1"/> the second.
    /// Of the four, only as many are set as a square has columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<TRegister, TVector, T>(ref T lines, nint pitch, out TVector c0, out TVector c1, out TVector c2, out TVector c3)
        where TRegister : struct, IRegister<TVector, T>
        where T : unmanaged
    {
        var a = TRegister.LoadParts(ref lines, TRegister.Square * pitch);
        if (TRegister.Square == 1)
        {
            c0 = c1 = c2 = c3 = a;
            return;
        }

        var b = TRegister.LoadParts(ref Unsafe.Add(ref lines, pitch), TRegister.Square * pitch);
        if (TRegister.Square == 2)
        {
            c0 = c2 = TRegister.InterleaveLow(a, b);
            c1 = c3 = TRegister.InterleaveHigh(a, b);
            return;
        }

        var c = TRegister.LoadParts(ref Unsafe.Add(ref lines, 2 * pitch), TRegister.Square * pitch);
        var d = TRegister.LoadParts(ref Unsafe.Add(ref lines, 3 * pitch), TRegister.Square * pitch);
        var (lowAC, highAC) = (TRegister.InterleaveLow(a, c), TRegister.InterleaveHigh(a, c));
        var (lowBD, highBD) = (TRegister.InterleaveLow(b, d), TRegister.InterleaveHigh(b, d));
        c0 = TRegister.InterleaveLow(lowAC, lowBD);
        c1 = TRegister.InterleaveHigh(lowAC, lowBD);
        c2 = TRegister.InterleaveLow(highAC, highBD);
        c3 = TRegister.InterleaveHigh(highAC, highBD);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<TRegister, TVector, T>(ref T lines, nint pitch, nint depth, ref T to, nint width)
        where TRegister : struct, IRegister<TVector, T>
        where T : unmanaged
    {
        nint p = 0;
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
