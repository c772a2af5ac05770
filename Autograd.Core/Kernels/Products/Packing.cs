using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Copies panels of a matrix to where the innermost loop reads them, one line after the other.</summary>
internal static class Packing
{
    /// <summary>packed[p·width + r] = source(first + r, start + p) for r below <paramref name="count"/> and p below <paramref name="depth"/>; 0 for r from there to <paramref name="width"/>.
    /// A panel of B is one of its transpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(in Matrix<T> source, int first, int count, int width, int start, int depth, ref T packed)
        where T : unmanaged
    {
        if (count < width)
        {
            MemoryMarshal.CreateSpan(ref packed, depth * width).Clear();
        }

        if (count > 1 && source.Columns.IsContiguous && !source.Rows.IsContiguous)
        {
            Transposition.Copy(source, first, count, width, start, depth, ref packed);
            return;
        }

        for (var r = 0; r < count;)
        {
            var run = source.Rows.Run(first + r, count - r);
            CopyStrip(source, first + r, run, width, start, depth, ref Unsafe.Add(ref packed, r));
            r += run;
        }
    }

    /// <summary>A strip of lines that are contiguous across: each is copied by the widest registers that fit into it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyStrip<T>(in Matrix<T> source, int first, int run, int width, int start, int depth, ref T packed)
        where T : unmanaged
    {
        if (run >= Vector512<T>.Count && Vector512.IsHardwareAccelerated)
        {
            CopyStrip<Register512<T>, Vector512<T>, T>(source, first, run, width, start, depth, ref packed);
        }
        else if (run >= Vector256<T>.Count)
        {
            CopyStrip<Register256<T>, Vector256<T>, T>(source, first, run, width, start, depth, ref packed);
        }
        else if (run >= Vector128<T>.Count)
        {
            CopyStrip<Register128<T>, Vector128<T>, T>(source, first, run, width, start, depth, ref packed);
        }
        else
        {
            for (var p = 0; p < depth; p++)
            {
                ref var line = ref source.At(first, start + p);
                for (nint r = 0; r < run; r++)
                {
                    Unsafe.Add(ref packed, ((nint)p * width) + r) = Unsafe.Add(ref line, r);
                }
            }
        }
    }

    /// <summary>Lines of at least one register; the last one of a line overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyStrip<TRegister, TVector, T>(in Matrix<T> source, int first, int run, int width, int start, int depth, ref T packed)
        where TRegister : struct, IRegister<TVector, T>
        where T : unmanaged
    {
        nint last = run - TRegister.Count, to = 0;
        for (var p = 0; p < depth; p++, to += width)
        {
            ref var line = ref source.At(first, start + p);
            for (nint r = 0; r < last; r += TRegister.Count)
            {
                TRegister.Store(TRegister.Load(ref line, r), ref packed, to + r);
            }

            TRegister.Store(TRegister.Load(ref line, last), ref packed, to + last);
        }
    }
}
