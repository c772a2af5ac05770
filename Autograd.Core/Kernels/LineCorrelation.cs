using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Sums of few lines, where a matrix product would spend its time on copying panels: those of depthwise convolutions.</summary>
internal static class LineCorrelation
{
    /// <summary>y[i] = Σ weights[p] · x[places[p] + i] for i below <paramref name="length"/>, as one chain of multiply-adds: the bits of a matrix product of up to <see cref="MatrixProduct.LongestChain"/> terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(ReadOnlySpan<T> weights, ReadOnlySpan<int> places, ref T x, ref T y, int length)
        where T : unmanaged, INumber<T>
    {
        if (length >= Vector512<T>.Count && Vector512.IsHardwareAccelerated)
        {
            Multiply<Register512<T>, Vector512<T>, T>(weights, places, ref x, ref y, length);
        }
        else if (length >= Vector256<T>.Count && Vector256.IsHardwareAccelerated)
        {
            Multiply<Register256<T>, Vector256<T>, T>(weights, places, ref x, ref y, length);
        }
        else if (length >= Vector128<T>.Count && Vector128.IsHardwareAccelerated)
        {
            Multiply<Register128<T>, Vector128<T>, T>(weights, places, ref x, ref y, length);
        }
        else
        {
            Multiply<ScalarRegister<T>, T, T>(weights, places, ref x, ref y, length);
        }
    }

    /// <summary>sums[p] += Σ y[i] · x[places[p] + i] over the i of a box of lines, in an order that depends on the sizes alone: 64 bytes of terms at a time.</summary>
    /// <param name="y">The first line.</param>
    /// <param name="x">What it meets.</param>
    /// <param name="places">Where the terms of each sum begin.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="length">Their length.</param>
    /// <param name="stepY">The distance of lines of y.</param>
    /// <param name="stepX">The distance of lines of x.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddInner<T>(ref T y, ref T x, ReadOnlySpan<int> places, Span<T> sums, int lines, int length, int stepY, int stepX)
        where T : unmanaged, INumber<T>
    {
        var p = 0;
        for (; p + 8 <= places.Length; p += 8)
        {
            AddInner8(ref y, ref x, places.Slice(p, 8), sums.Slice(p, 8), lines, length, stepY, stepX);
        }

        for (; p < places.Length; p++)
        {
            AddInner1(ref y, ref Unsafe.Add(ref x, places[p]), ref sums[p], lines, length, stepY, stepX);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRegister, TVector, T>(ReadOnlySpan<T> weights, ReadOnlySpan<int> places, ref T x, ref T y, int length)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        nint last = length - TRegister.Count, i = 0;
        while (i <= last)
        {
            // Registers that overlap compute the same bits twice.
            var (i1, i2, i3) = (Math.Min(i + TRegister.Count, last), Math.Min(i + (2 * TRegister.Count), last), Math.Min(i + (3 * TRegister.Count), last));
            TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            if (i2 < last || i2 > i1)
            {
                for (var p = 0; p < weights.Length; p++)
                {
                    ref var line = ref Unsafe.Add(ref x, places[p]);
                    var weight = TRegister.Broadcast(ref Unsafe.AsRef(in weights[p]), 0);
                    sum0 = TRegister.MultiplyAdd(weight, TRegister.Load(ref line, i), sum0);
                    sum1 = TRegister.MultiplyAdd(weight, TRegister.Load(ref line, i1), sum1);
                    sum2 = TRegister.MultiplyAdd(weight, TRegister.Load(ref line, i2), sum2);
                    sum3 = TRegister.MultiplyAdd(weight, TRegister.Load(ref line, i3), sum3);
                }

                TRegister.Store(sum2, ref y, i2);
                TRegister.Store(sum3, ref y, i3);
            }
            else
            {
                for (var p = 0; p < weights.Length; p++)
                {
                    ref var line = ref Unsafe.Add(ref x, places[p]);
                    var weight = TRegister.Broadcast(ref Unsafe.AsRef(in weights[p]), 0);
                    sum0 = TRegister.MultiplyAdd(weight, TRegister.Load(ref line, i), sum0);
                    sum1 = TRegister.MultiplyAdd(weight, TRegister.Load(ref line, i1), sum1);
                }
            }

            TRegister.Store(sum0, ref y, i);
            TRegister.Store(sum1, ref y, i1);
            if (i3 == last)
            {
                return;
            }

            i = Math.Min(i + (4 * TRegister.Count), last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddInner8<T>(ref T y, ref T x, ReadOnlySpan<int> places, Span<T> sums, int lines, int length, int stepY, int stepX)
        where T : unmanaged, INumber<T>
    {
        Vector512<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        nint p0 = places[0], p1 = places[1], p2 = places[2], p3 = places[3], p4 = places[4], p5 = places[5], p6 = places[6], p7 = places[7];
        var end = length - (length % Vector512<T>.Count);
        for (var line = 0; line < lines; line++)
        {
            for (nint i = 0; i < end; i += Vector512<T>.Count)
            {
                var factor = Register512<T>.Load(ref y, i);
                s0 = Register512<T>.MultiplyAdd(factor, Register512<T>.Load(ref x, p0 + i), s0);
                s1 = Register512<T>.MultiplyAdd(factor, Register512<T>.Load(ref x, p1 + i), s1);
                s2 = Register512<T>.MultiplyAdd(factor, Register512<T>.Load(ref x, p2 + i), s2);
                s3 = Register512<T>.MultiplyAdd(factor, Register512<T>.Load(ref x, p3 + i), s3);
                s4 = Register512<T>.MultiplyAdd(factor, Register512<T>.Load(ref x, p4 + i), s4);
                s5 = Register512<T>.MultiplyAdd(factor, Register512<T>.Load(ref x, p5 + i), s5);
                s6 = Register512<T>.MultiplyAdd(factor, Register512<T>.Load(ref x, p6 + i), s6);
                s7 = Register512<T>.MultiplyAdd(factor, Register512<T>.Load(ref x, p7 + i), s7);
            }

            if (end < length)
            {
                var factor = Rest(ref Unsafe.Add(ref y, end), length - end);
                s0 = Register512<T>.MultiplyAdd(factor, Rest(ref Unsafe.Add(ref x, p0 + end), length - end), s0);
                s1 = Register512<T>.MultiplyAdd(factor, Rest(ref Unsafe.Add(ref x, p1 + end), length - end), s1);
                s2 = Register512<T>.MultiplyAdd(factor, Rest(ref Unsafe.Add(ref x, p2 + end), length - end), s2);
                s3 = Register512<T>.MultiplyAdd(factor, Rest(ref Unsafe.Add(ref x, p3 + end), length - end), s3);
                s4 = Register512<T>.MultiplyAdd(factor, Rest(ref Unsafe.Add(ref x, p4 + end), length - end), s4);
                s5 = Register512<T>.MultiplyAdd(factor, Rest(ref Unsafe.Add(ref x, p5 + end), length - end), s5);
                s6 = Register512<T>.MultiplyAdd(factor, Rest(ref Unsafe.Add(ref x, p6 + end), length - end), s6);
                s7 = Register512<T>.MultiplyAdd(factor, Rest(ref Unsafe.Add(ref x, p7 + end), length - end), s7);
            }

            y = ref Unsafe.Add(ref y, stepY);
            x = ref Unsafe.Add(ref x, stepX);
        }

        sums[0] += Vector512.Sum(s0);
        sums[1] += Vector512.Sum(s1);
        sums[2] += Vector512.Sum(s2);
        sums[3] += Vector512.Sum(s3);
        sums[4] += Vector512.Sum(s4);
        sums[5] += Vector512.Sum(s5);
        sums[6] += Vector512.Sum(s6);
        sums[7] += Vector512.Sum(s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddInner1<T>(ref T y, ref T x, ref T sum, int lines, int length, int stepY, int stepX)
        where T : unmanaged, INumber<T>
    {
        var terms = default(Vector512<T>);
        var end = length - (length % Vector512<T>.Count);
        for (var line = 0; line < lines; line++)
        {
            for (nint i = 0; i < end; i += Vector512<T>.Count)
            {
                terms = Register512<T>.MultiplyAdd(Register512<T>.Load(ref y, i), Register512<T>.Load(ref x, i), terms);
            }

            if (end < length)
            {
                terms = Register512<T>.MultiplyAdd(Rest(ref Unsafe.Add(ref y, end), length - end), Rest(ref Unsafe.Add(ref x, end), length - end), terms);
            }

            y = ref Unsafe.Add(ref y, stepY);
            x = ref Unsafe.Add(ref x, stepX);
        }

        sum += Vector512.Sum(terms);
    }

    /// <summary>The first few elements of a register, and 0 behind them; nothing behind them is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Rest<T>(ref T first, int count)
        where T : unmanaged
    {
        var rest = default(Vector512<T>);
        ref var target = ref Unsafe.As<Vector512<T>, T>(ref rest);
        for (nint i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref first, i);
        }

        return rest;
    }
}
