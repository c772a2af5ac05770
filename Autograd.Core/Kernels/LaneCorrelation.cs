using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Sums over windows of channels that do not mix, which lie side by side in a register: those of depthwise convolutions. All lines are as wide as a register, which is chosen by the number of channels.</summary>
internal static class LaneCorrelation
{
    /// <summary>The width of the register that as many channels fill best.</summary>
    public static int Width<T>(int channels)
        where T : unmanaged
        => Vector512.IsHardwareAccelerated && channels > Vector256<T>.Count ? Vector512<T>.Count
            : Vector256.IsHardwareAccelerated && channels > Vector128<T>.Count ? Vector256<T>.Count
            : Vector128.IsHardwareAccelerated && channels > 1 ? Vector128<T>.Count : 1;

    /// <summary>y[i] = Σ weights[p] · x[i·step + taps[p]] of a line of places, as one chain of multiply-adds, or a chain that goes on from y[i].</summary>
    /// <param name="weights">A line of channels for each tap.</param>
    /// <param name="taps">Where the taps are.</param>
    /// <param name="x">The first place.</param>
    /// <param name="step">The distance of places.</param>
    /// <param name="y">The first result.</param>
    /// <param name="pitch">The distance of results.</param>
    /// <param name="length">The number of places.</param>
    /// <param name="width">The channels.</param>
    /// <param name="add">Whether the chains go on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(ref T weights, ReadOnlySpan<int> taps, ref T x, int step, ref T y, int pitch, int length, int width, bool add)
        where T : unmanaged, INumber<T>
    {
        if (width == Vector512<T>.Count)
        {
            Multiply<Register512<T>, Vector512<T>, T>(ref weights, taps, ref x, step, ref y, pitch, length, add);
        }
        else if (width == Vector256<T>.Count)
        {
            Multiply<Register256<T>, Vector256<T>, T>(ref weights, taps, ref x, step, ref y, pitch, length, add);
        }
        else if (width == Vector128<T>.Count)
        {
            Multiply<Register128<T>, Vector128<T>, T>(ref weights, taps, ref x, step, ref y, pitch, length, add);
        }
        else
        {
            Multiply<ScalarRegister<T>, T, T>(ref weights, taps, ref x, step, ref y, pitch, length, add);
        }
    }

    /// <summary>sums[p] += Σ y[i] · x[i·step + taps[p]] of a line of places, each a chain of multiply-adds that goes on.</summary>
    /// <param name="y">The first factor of a line.</param>
    /// <param name="taps">Where the taps are.</param>
    /// <param name="x">The first place.</param>
    /// <param name="step">The distance of places.</param>
    /// <param name="sums">A line of channels for each tap.</param>
    /// <param name="length">The number of places.</param>
    /// <param name="width">The channels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(ref T y, ReadOnlySpan<int> taps, ref T x, int step, ref T sums, int length, int width)
        where T : unmanaged, INumber<T>
    {
        if (width == Vector512<T>.Count)
        {
            Add<Register512<T>, Vector512<T>, T>(ref y, taps, ref x, step, ref sums, length);
        }
        else if (width == Vector256<T>.Count)
        {
            Add<Register256<T>, Vector256<T>, T>(ref y, taps, ref x, step, ref sums, length);
        }
        else if (width == Vector128<T>.Count)
        {
            Add<Register128<T>, Vector128<T>, T>(ref y, taps, ref x, step, ref sums, length);
        }
        else
        {
            Add<ScalarRegister<T>, T, T>(ref y, taps, ref x, step, ref sums, length);
        }
    }

    /// <summary>Eight places at a time; the last ones overlap those before, and compute the same bits twice, unless chains go on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRegister, TVector, T>(ref T weights, ReadOnlySpan<int> taps, ref T x, nint step, ref T y, nint pitch, int length, bool add)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        ref var first = ref MemoryMarshal.GetReference(taps);
        var i = 0;
        for (; i < length && length >= 8 && (i + 8 <= length || !add); i += 8)
        {
            var start = Math.Min(i, length - 8);
            ref var to = ref Unsafe.Add(ref y, start * pitch);
            TVector y0 = default, y1 = default, y2 = default, y3 = default, y4 = default, y5 = default, y6 = default, y7 = default;
            if (add)
            {
                (y0, y1, y2, y3) = (TRegister.Load(ref to, 0), TRegister.Load(ref to, pitch), TRegister.Load(ref to, 2 * pitch), TRegister.Load(ref to, 3 * pitch));
                (y4, y5, y6, y7) = (TRegister.Load(ref to, 4 * pitch), TRegister.Load(ref to, 5 * pitch), TRegister.Load(ref to, 6 * pitch), TRegister.Load(ref to, 7 * pitch));
            }

            for (nint p = 0; p < taps.Length; p++)
            {
                ref var place = ref Unsafe.Add(ref x, (start * step) + Unsafe.Add(ref first, p));
                var weight = TRegister.Load(ref weights, p * TRegister.Count);
                y0 = TRegister.MultiplyAdd(weight, TRegister.Load(ref place, 0), y0);
                y1 = TRegister.MultiplyAdd(weight, TRegister.Load(ref place, step), y1);
                y2 = TRegister.MultiplyAdd(weight, TRegister.Load(ref place, 2 * step), y2);
                y3 = TRegister.MultiplyAdd(weight, TRegister.Load(ref place, 3 * step), y3);
                y4 = TRegister.MultiplyAdd(weight, TRegister.Load(ref place, 4 * step), y4);
                y5 = TRegister.MultiplyAdd(weight, TRegister.Load(ref place, 5 * step), y5);
                y6 = TRegister.MultiplyAdd(weight, TRegister.Load(ref place, 6 * step), y6);
                y7 = TRegister.MultiplyAdd(weight, TRegister.Load(ref place, 7 * step), y7);
            }

            TRegister.Store(y0, ref to, 0);
            TRegister.Store(y1, ref to, pitch);
            TRegister.Store(y2, ref to, 2 * pitch);
            TRegister.Store(y3, ref to, 3 * pitch);
            TRegister.Store(y4, ref to, 4 * pitch);
            TRegister.Store(y5, ref to, 5 * pitch);
            TRegister.Store(y6, ref to, 6 * pitch);
            TRegister.Store(y7, ref to, 7 * pitch);
        }

        for (; i < length; i++)
        {
            var sum = add ? TRegister.Load(ref y, i * pitch) : default;
            for (nint p = 0; p < taps.Length; p++)
            {
                sum = TRegister.MultiplyAdd(TRegister.Load(ref weights, p * TRegister.Count), TRegister.Load(ref x, (i * step) + Unsafe.Add(ref first, p)), sum);
            }

            TRegister.Store(sum, ref y, i * pitch);
        }
    }

    /// <summary>Eight taps at a time, then one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TRegister, TVector, T>(ref T y, ReadOnlySpan<int> taps, ref T x, nint step, ref T sums, int length)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        ref var first = ref MemoryMarshal.GetReference(taps);
        nint p = 0;
        for (; p + 8 <= taps.Length; p += 8)
        {
            nint p0 = Unsafe.Add(ref first, p), p1 = Unsafe.Add(ref first, p + 1), p2 = Unsafe.Add(ref first, p + 2), p3 = Unsafe.Add(ref first, p + 3);
            nint p4 = Unsafe.Add(ref first, p + 4), p5 = Unsafe.Add(ref first, p + 5), p6 = Unsafe.Add(ref first, p + 6), p7 = Unsafe.Add(ref first, p + 7);
            ref var to = ref Unsafe.Add(ref sums, p * TRegister.Count);
            TVector s0 = TRegister.Load(ref to, 0), s1 = TRegister.Load(ref to, TRegister.Count), s2 = TRegister.Load(ref to, 2 * TRegister.Count), s3 = TRegister.Load(ref to, 3 * TRegister.Count);
            TVector s4 = TRegister.Load(ref to, 4 * TRegister.Count), s5 = TRegister.Load(ref to, 5 * TRegister.Count), s6 = TRegister.Load(ref to, 6 * TRegister.Count), s7 = TRegister.Load(ref to, 7 * TRegister.Count);
            nint at = 0, end = length * TRegister.Count;
            for (nint i = 0; i < end; i += TRegister.Count, at += step)
            {
                ref var place = ref Unsafe.Add(ref x, at);
                var factor = TRegister.Load(ref y, i);
                s0 = TRegister.MultiplyAdd(factor, TRegister.Load(ref place, p0), s0);
                s1 = TRegister.MultiplyAdd(factor, TRegister.Load(ref place, p1), s1);
                s2 = TRegister.MultiplyAdd(factor, TRegister.Load(ref place, p2), s2);
                s3 = TRegister.MultiplyAdd(factor, TRegister.Load(ref place, p3), s3);
                s4 = TRegister.MultiplyAdd(factor, TRegister.Load(ref place, p4), s4);
                s5 = TRegister.MultiplyAdd(factor, TRegister.Load(ref place, p5), s5);
                s6 = TRegister.MultiplyAdd(factor, TRegister.Load(ref place, p6), s6);
                s7 = TRegister.MultiplyAdd(factor, TRegister.Load(ref place, p7), s7);
            }

            TRegister.Store(s0, ref to, 0);
            TRegister.Store(s1, ref to, TRegister.Count);
            TRegister.Store(s2, ref to, 2 * TRegister.Count);
            TRegister.Store(s3, ref to, 3 * TRegister.Count);
            TRegister.Store(s4, ref to, 4 * TRegister.Count);
            TRegister.Store(s5, ref to, 5 * TRegister.Count);
            TRegister.Store(s6, ref to, 6 * TRegister.Count);
            TRegister.Store(s7, ref to, 7 * TRegister.Count);
        }

        for (; p < taps.Length; p++)
        {
            var sum = TRegister.Load(ref sums, p * TRegister.Count);
            nint at = Unsafe.Add(ref first, p);
            for (nint i = 0; i < length; i++, at += step)
            {
                sum = TRegister.MultiplyAdd(TRegister.Load(ref y, i * TRegister.Count), TRegister.Load(ref x, at), sum);
            }

            TRegister.Store(sum, ref sums, p * TRegister.Count);
        }
    }
}
