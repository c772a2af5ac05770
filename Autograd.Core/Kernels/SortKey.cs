using System.Buffers;
using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>Numbers as unsigned keys of the same order, so that one sort serves all types and directions.</summary>
internal static class SortKey
{
    private const ulong SignBit = 1UL << 63;
    private const int Digits = sizeof(ulong);
    private const int Radix = 256;

    // From here on counting digits is faster than comparing.
    private const int ShortestRadix = 512;

    /// <summary>A key that is less where the number is less; both zeros have one, and every NaN the greatest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<T>(T value)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(long))
        {
            return ulong.CreateTruncating(value) ^ SignBit;
        }

        if (T.IsNaN(value))
        {
            return ulong.MaxValue;
        }

        // IEEE 754 numbers of one sign are in the order of their bits; −0 + 0 is 0.
        var bits = BitConverter.DoubleToUInt64Bits(double.CreateTruncating(value) + 0.0);
        return (bits & SignBit) == 0 ? bits | SignBit : ~bits;
    }

    /// <summary>Sorts keys and, with them, places 0, 1, …; places of equal keys stay in order.</summary>
    public static void SortStably(Span<ulong> keys, Span<int> places)
    {
        if (keys.Length >= ShortestRadix)
        {
            SortByDigits(keys, places);
            return;
        }

        MemoryExtensions.Sort(keys, places);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                places[start..end].Sort();
            }

            start = end;
        }
    }

    /// <summary>By one byte after the other, the least first, each time keeping the order so far: linear time. A byte that all keys share is passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortByDigits(Span<ulong> keys, Span<int> places)
    {
        Span<int> counts = stackalloc int[Digits * Radix];
        counts.Clear();
        foreach (var key in keys)
        {
            for (var digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Radix) + (int)((key >> (8 * digit)) & (Radix - 1))]++;
            }
        }

        var (otherKeys, otherPlaces) = (ArrayPool<ulong>.Shared.Rent(keys.Length), ArrayPool<int>.Shared.Rent(keys.Length));
        var ordered = new Halves<ulong>(keys, otherKeys);
        var orderedPlaces = new Halves<int>(places, otherPlaces);
        for (var digit = 0; digit < Digits; digit++)
        {
            var next = counts.Slice(digit * Radix, Radix);
            if (next.IndexOf(keys.Length) >= 0)
            {
                continue;
            }

            var sum = 0;
            for (var i = 0; i < Radix; i++)
            {
                (next[i], sum) = (sum, sum + next[i]);
            }

            Deal(ordered.Full, orderedPlaces.Full, ordered.Free, orderedPlaces.Free, next, 8 * digit);
            ordered.Exchange();
            orderedPlaces.Exchange();
        }

        ordered.Full.CopyTo(keys);
        orderedPlaces.Full.CopyTo(places);
        ArrayPool<ulong>.Shared.Return(otherKeys);
        ArrayPool<int>.Shared.Return(otherPlaces);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Deal(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> places, Span<ulong> toKeys, Span<int> toPlaces, Span<int> next, int shift)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            var target = next[(int)((keys[i] >> shift) & (Radix - 1))]++;
            toKeys[target] = keys[i];
            toPlaces[target] = places[i];
        }
    }

    /// <summary>Two spans that change places.</summary>
    private ref struct Halves<T>(Span<T> full, Span<T> free)
    {
        public Span<T> Full { get; private set; } = full;

        public Span<T> Free { get; private set; } = free[..full.Length];

        public void Exchange()
        {
            var full = Full;
            Full = Free;
            Free = full;
        }
    }
}
