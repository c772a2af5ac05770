using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

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
            Transpose(source, first, count, width, start, depth, ref packed);
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

    /// <summary>Lines that are contiguous along the depth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose<T>(in Matrix<T> source, int first, int count, int width, int start, int depth, ref T packed)
        where T : unmanaged
    {
        var r = 0;
        for (; r + 4 <= count; r += 4)
        {
            ref var to = ref Unsafe.Add(ref packed, r);
            ref var a = ref source.At(first + r, start);
            ref var b = ref source.At(first + r + 1, start);
            ref var c = ref source.At(first + r + 2, start);
            ref var d = ref source.At(first + r + 3, start);
            if (Unsafe.SizeOf<T>() == sizeof(float))
            {
                TransposeFour(ref Single(ref a), ref Single(ref b), ref Single(ref c), ref Single(ref d), depth, ref Single(ref to), width);
            }
            else
            {
                TransposeFour(ref Double(ref a), ref Double(ref b), ref Double(ref c), ref Double(ref d), depth, ref Double(ref to), width);
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

        static ref float Single(ref T place) => ref Unsafe.As<T, float>(ref place);
        static ref double Double(ref T place) => ref Unsafe.As<T, double>(ref place);
    }

    /// <summary>Four lines become the columns of <paramref name="to"/>, four steps of the depth at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeFour(ref float a, ref float b, ref float c, ref float d, nint depth, ref float to, nint width)
    {
        nint p = 0;
        if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            nint second = width, third = 2 * width, fourth = 3 * width;
            ref var place = ref to;
            for (; p + 4 <= depth; p += 4)
            {
                var (va, vb) = (Vector128.LoadUnsafe(ref a, (nuint)p), Vector128.LoadUnsafe(ref b, (nuint)p));
                var (vc, vd) = (Vector128.LoadUnsafe(ref c, (nuint)p), Vector128.LoadUnsafe(ref d, (nuint)p));
                var (lowAC, highAC) = (InterleaveLow(va, vc), InterleaveHigh(va, vc));
                var (lowBD, highBD) = (InterleaveLow(vb, vd), InterleaveHigh(vb, vd));
                InterleaveLow(lowAC, lowBD).StoreUnsafe(ref place);
                InterleaveHigh(lowAC, lowBD).StoreUnsafe(ref place, (nuint)second);
                InterleaveLow(highAC, highBD).StoreUnsafe(ref place, (nuint)third);
                InterleaveHigh(highAC, highBD).StoreUnsafe(ref place, (nuint)fourth);
                place = ref Unsafe.Add(ref place, 4 * width);
            }
        }

        CopyFour(ref a, ref b, ref c, ref d, p, depth, ref to, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeFour(ref double a, ref double b, ref double c, ref double d, nint depth, ref double to, nint width)
    {
        nint p = 0;
        if (Sse2.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; p + 2 <= depth; p += 2)
            {
                var (va, vb) = (Vector128.LoadUnsafe(ref a, (nuint)p), Vector128.LoadUnsafe(ref b, (nuint)p));
                var (vc, vd) = (Vector128.LoadUnsafe(ref c, (nuint)p), Vector128.LoadUnsafe(ref d, (nuint)p));
                InterleaveLow(va, vb).StoreUnsafe(ref to, (nuint)(p * width));
                InterleaveLow(vc, vd).StoreUnsafe(ref to, (nuint)((p * width) + 2));
                InterleaveHigh(va, vb).StoreUnsafe(ref to, (nuint)((p + 1) * width));
                InterleaveHigh(vc, vd).StoreUnsafe(ref to, (nuint)(((p + 1) * width) + 2));
            }
        }

        CopyFour(ref a, ref b, ref c, ref d, p, depth, ref to, width);
    }

    /// <summary>The steps from <paramref name="p"/> on, one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyFour<T>(ref T a, ref T b, ref T c, ref T d, nint p, nint depth, ref T to, nint width)
    {
        for (; p < depth; p++)
        {
            ref var line = ref Unsafe.Add(ref to, p * width);
            line = Unsafe.Add(ref a, p);
            Unsafe.Add(ref line, 1) = Unsafe.Add(ref b, p);
            Unsafe.Add(ref line, 2) = Unsafe.Add(ref c, p);
            Unsafe.Add(ref line, 3) = Unsafe.Add(ref d, p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> InterleaveLow(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> InterleaveHigh(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
