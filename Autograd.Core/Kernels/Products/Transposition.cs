using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Autograd.Kernels;

/// <summary>Packs lines that are contiguous along the depth. Squares of 16 bytes are transposed in registers: in one, or in each of the four parts of a 512-bit one.</summary>
internal static class Transposition
{
    /// <summary>Lines of 512-bit squares.</summary>
    private static int WideLines<T>() => Avx512F.IsSupported ? Vector512<byte>.Count / Unsafe.SizeOf<T>() : int.MaxValue;

    /// <summary>packed[p·width + r] = source(first + r, start + p), as <see cref="Packing.Pack"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(in Matrix<T> source, int first, int count, int width, int start, int depth, ref T packed)
        where T : unmanaged
    {
        var r = 0;
        if (!source.Rows.IsTable && count >= WideLines<T>())
        {
            for (; r <= count - WideLines<T>(); r += WideLines<T>())
            {
                CopyWide(ref source.At(first + r, start), source.Rows.Stride, depth, ref Unsafe.Add(ref packed, r), width);
            }
        }

        for (; r + 4 <= count; r += 4)
        {
            CopyFour(
                ref source.At(first + r, start), ref source.At(first + r + 1, start), ref source.At(first + r + 2, start), ref source.At(first + r + 3, start),
                depth, ref Unsafe.Add(ref packed, r), width);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyWide<T>(ref T lines, nint pitch, nint depth, ref T to, nint width)
        where T : unmanaged
    {
        var square = Vector128<T>.Count;
        nint p = 0;
        for (; p + square <= depth; p += square, to = ref Unsafe.Add(ref to, square * width))
        {
            ref var line = ref Unsafe.Add(ref lines, p);
            if (Unsafe.SizeOf<T>() == sizeof(float))
            {
                var (a, b) = (Lines<T, float>(ref line, 4 * pitch), Lines<T, float>(ref Unsafe.Add(ref line, pitch), 4 * pitch));
                var (c, d) = (Lines<T, float>(ref Unsafe.Add(ref line, 2 * pitch), 4 * pitch), Lines<T, float>(ref Unsafe.Add(ref line, 3 * pitch), 4 * pitch));
                var (lowAC, highAC) = (Avx512F.UnpackLow(a, c), Avx512F.UnpackHigh(a, c));
                var (lowBD, highBD) = (Avx512F.UnpackLow(b, d), Avx512F.UnpackHigh(b, d));
                Avx512F.UnpackLow(lowAC, lowBD).As<float, T>().StoreUnsafe(ref to);
                Avx512F.UnpackHigh(lowAC, lowBD).As<float, T>().StoreUnsafe(ref to, (nuint)width);
                Avx512F.UnpackLow(highAC, highBD).As<float, T>().StoreUnsafe(ref to, (nuint)(2 * width));
                Avx512F.UnpackHigh(highAC, highBD).As<float, T>().StoreUnsafe(ref to, (nuint)(3 * width));
            }
            else
            {
                var (a, b) = (Lines<T, double>(ref line, 2 * pitch), Lines<T, double>(ref Unsafe.Add(ref line, pitch), 2 * pitch));
                Avx512F.UnpackLow(a, b).As<double, T>().StoreUnsafe(ref to);
                Avx512F.UnpackHigh(a, b).As<double, T>().StoreUnsafe(ref to, (nuint)width);
            }
        }

        for (; p < depth; p++, to = ref Unsafe.Add(ref to, width))
        {
            for (nint r = 0; r < WideLines<T>(); r++)
            {
                Unsafe.Add(ref to, r) = Unsafe.Add(ref lines, (r * pitch) + p);
            }
        }
    }

    /// <summary>The beginnings of four lines, in the four parts of a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<TBits> Lines<T, TBits>(ref T line, nint pitch)
        where T : unmanaged
        => Vector512.Create(
            Vector256.Create(Vector128.LoadUnsafe(ref line), Vector128.LoadUnsafe(ref line, (nuint)pitch)),
            Vector256.Create(Vector128.LoadUnsafe(ref line, (nuint)(2 * pitch)), Vector128.LoadUnsafe(ref line, (nuint)(3 * pitch)))).As<T, TBits>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyFour<T>(ref T a, ref T b, ref T c, ref T d, nint depth, ref T to, nint width)
        where T : unmanaged
    {
        nint p = 0;
        if (Sse2.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            var square = Vector128<T>.Count;
            for (; p + square <= depth; p += square, to = ref Unsafe.Add(ref to, square * width))
            {
                var (va, vb) = (Vector128.LoadUnsafe(ref a, (nuint)p), Vector128.LoadUnsafe(ref b, (nuint)p));
                var (vc, vd) = (Vector128.LoadUnsafe(ref c, (nuint)p), Vector128.LoadUnsafe(ref d, (nuint)p));
                if (Unsafe.SizeOf<T>() == sizeof(float))
                {
                    var (lowAC, highAC) = (InterleaveLow(va, vc), InterleaveHigh(va, vc));
                    var (lowBD, highBD) = (InterleaveLow(vb, vd), InterleaveHigh(vb, vd));
                    InterleaveLow(lowAC, lowBD).StoreUnsafe(ref to);
                    InterleaveHigh(lowAC, lowBD).StoreUnsafe(ref to, (nuint)width);
                    InterleaveLow(highAC, highBD).StoreUnsafe(ref to, (nuint)(2 * width));
                    InterleaveHigh(highAC, highBD).StoreUnsafe(ref to, (nuint)(3 * width));
                }
                else
                {
                    InterleaveLow(va, vb).StoreUnsafe(ref to);
                    InterleaveLow(vc, vd).StoreUnsafe(ref to, 2);
                    InterleaveHigh(va, vb).StoreUnsafe(ref to, (nuint)width);
                    InterleaveHigh(vc, vd).StoreUnsafe(ref to, (nuint)width + 2);
                }
            }
        }

        for (; p < depth; p++, to = ref Unsafe.Add(ref to, width))
        {
            to = Unsafe.Add(ref a, p);
            Unsafe.Add(ref to, 1) = Unsafe.Add(ref b, p);
            Unsafe.Add(ref to, 2) = Unsafe.Add(ref c, p);
            Unsafe.Add(ref to, 3) = Unsafe.Add(ref d, p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> InterleaveLow<T>(Vector128<T> a, Vector128<T> b) => Unsafe.SizeOf<T>() == sizeof(float)
        ? (Sse2.IsSupported ? Sse.UnpackLow(a.AsSingle(), b.AsSingle()) : AdvSimd.Arm64.ZipLow(a.AsSingle(), b.AsSingle())).As<float, T>()
        : (Sse2.IsSupported ? Sse2.UnpackLow(a.AsDouble(), b.AsDouble()) : AdvSimd.Arm64.ZipLow(a.AsDouble(), b.AsDouble())).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> InterleaveHigh<T>(Vector128<T> a, Vector128<T> b) => Unsafe.SizeOf<T>() == sizeof(float)
        ? (Sse2.IsSupported ? Sse.UnpackHigh(a.AsSingle(), b.AsSingle()) : AdvSimd.Arm64.ZipHigh(a.AsSingle(), b.AsSingle())).As<float, T>()
        : (Sse2.IsSupported ? Sse2.UnpackHigh(a.AsDouble(), b.AsDouble()) : AdvSimd.Arm64.ZipHigh(a.AsDouble(), b.AsDouble())).As<double, T>();
}
