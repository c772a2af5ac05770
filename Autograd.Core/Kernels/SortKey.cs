using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>Numbers as unsigned keys of the same order, so that one sort serves all types and directions.</summary>
internal static class SortKey
{
    private const ulong SignBit = 1UL << 63;

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
}
