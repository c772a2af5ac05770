using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <content>Sums along lines that are contiguous in the depth.</content>
internal static partial class NarrowProduct<TRegister, TVector, T>
{
    /// <summary>Sum j is that of x[j·step + p]·b[j·pitch + p] over p, where step is 0 or that of another line of x for each of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AlongColumns(ref T x, nint step, int terms, ref T b, nint pitch, int columns, ref T sums)
    {
        if (columns < TRegister.Count)
        {
            for (var j = 0; j < columns; j++)
            {
                Unsafe.Add(ref sums, j) = Chain(default, ref Unsafe.Add(ref x, j * step), 0, terms, ref Unsafe.Add(ref b, j * pitch));
            }

            return;
        }

        // The last lines overlap those before: their sums are computed twice, alike.
        for (int j = 0, last = columns - TRegister.Count; j < columns; j += 2 * TRegister.Count)
        {
            var (first, second) = (Math.Min(j, last), Math.Min(j + TRegister.Count, last));
            if (step == 0)
            {
                AddLines<One>(ref x, step, terms, ref b, pitch, first, second, ref sums);
            }
            else
            {
                AddLines<Two>(ref x, step, terms, ref b, pitch, first, second, ref sums);
            }
        }
    }

    /// <summary>Two registers of sums, each of which has to wait for its last multiply-add.</summary>
    /// <typeparam name="TFactors">One line of factors for all, or one for each.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLines<TFactors>(ref T x, nint step, nint terms, ref T b, nint pitch, int first, int second, ref T sums)
        where TFactors : struct, ISize
    {
        ref var firstB = ref Unsafe.Add(ref b, first * pitch);
        ref var secondB = ref Unsafe.Add(ref b, second * pitch);
        ref var firstX = ref Unsafe.Add(ref x, first * step);
        ref var secondX = ref Unsafe.Add(ref x, second * step);
        TVector firstSums = default, secondSums = default;
        nint p = 0;
        for (; p + (4 * TRegister.Square) <= terms; p += 4 * TRegister.Square)
        {
            for (nint q = p; q < p + (4 * TRegister.Square); q += TRegister.Square)
            {
                AddSquares<TFactors>(ref Unsafe.Add(ref firstX, q), step, ref Unsafe.Add(ref firstB, q), pitch, ref firstSums);
            }

            for (nint q = p; q < p + (4 * TRegister.Square); q += TRegister.Square)
            {
                AddSquares<TFactors>(ref Unsafe.Add(ref secondX, q), step, ref Unsafe.Add(ref secondB, q), pitch, ref secondSums);
            }
        }

        for (; p + TRegister.Square <= terms; p += TRegister.Square)
        {
            AddSquares<TFactors>(ref Unsafe.Add(ref firstX, p), step, ref Unsafe.Add(ref firstB, p), pitch, ref firstSums);
            AddSquares<TFactors>(ref Unsafe.Add(ref secondX, p), step, ref Unsafe.Add(ref secondB, p), pitch, ref secondSums);
        }

        TRegister.Store(firstSums, ref sums, first);
        TRegister.Store(secondSums, ref sums, second);
        for (nint j = 0; j < TRegister.Count && p < terms; j++)
        {
            ref var sum = ref Unsafe.Add(ref sums, first + j);
            sum = Chain(sum, ref Unsafe.Add(ref firstX, j * step), p, terms, ref Unsafe.Add(ref firstB, j * pitch));
        }

        for (nint j = first == second ? TRegister.Count : Math.Max(0, first + TRegister.Count - second); j < TRegister.Count && p < terms; j++)
        {
            ref var sum = ref Unsafe.Add(ref sums, second + j);
            sum = Chain(sum, ref Unsafe.Add(ref secondX, j * step), p, terms, ref Unsafe.Add(ref secondB, j * pitch));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquares<TFactors>(ref T x, nint step, ref T b, nint pitch, ref TVector sums)
        where TFactors : struct, ISize
    {
        Transposition.Load<TRegister, TVector, T>(ref b, pitch, out var b0, out var b1, out var b2, out var b3);
        TVector x0, x1 = default, x2 = default, x3 = default;
        if (TFactors.Value > 1)
        {
            Transposition.Load<TRegister, TVector, T>(ref x, step, out x0, out x1, out x2, out x3);
        }
        else
        {
            x0 = TRegister.Broadcast(ref x, 0);
            x1 = TRegister.Square > 1 ? TRegister.Broadcast(ref x, 1) : x1;
            (x2, x3) = TRegister.Square > 2 ? (TRegister.Broadcast(ref x, 2), TRegister.Broadcast(ref x, 3)) : (x2, x3);
        }

        sums = TRegister.MultiplyAdd(x0, b0, sums);
        sums = TRegister.Square > 1 ? TRegister.MultiplyAdd(x1, b1, sums) : sums;
        sums = TRegister.Square > 2 ? TRegister.MultiplyAdd(x3, b3, TRegister.MultiplyAdd(x2, b2, sums)) : sums;
    }

    /// <summary>A sum continued by the terms from <paramref name="p"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Chain(T sum, ref T x, nint p, nint terms, ref T b)
    {
        for (; p < terms; p++)
        {
            sum = ScalarRegister<T>.MultiplyAdd(Unsafe.Add(ref x, p), Unsafe.Add(ref b, p), sum);
        }

        return sum;
    }
}
