using System.Runtime.InteropServices;

namespace Autograd.Interop;

/// <summary>BF16: the upper 16 bits of a single-precision number.</summary>
internal static class BFloat16
{
    /// <summary>The numbers of some BF16 (exactly).</summary>
    public static void Widen(ReadOnlySpan<ushort> x, Span<float> y)
    {
        var bits = MemoryMarshal.Cast<float, uint>(y);
        for (var i = 0; i < x.Length; i++)
        {
            bits[i] = (uint)x[i] << 16;
        }
    }

    /// <summary>The nearest BF16; of two equally near ones, the even one. NaN stays NaN.</summary>
    public static ushort Round(double x)
    {
        var single = (float)x;
        if (float.IsNaN(single))
        {
            return (ushort)((BitConverter.SingleToUInt32Bits(single) >> 16) | 0x40);
        }

        var bits = BitConverter.SingleToUInt32Bits(single);
        if ((bits & 0xFFFF) == 0x8000 && single != x && float.IsFinite(single))
        {
            // Not a tie after all: the conversion to single precision has rounded to the middle.
            bits = Math.Abs(x) > Math.Abs((double)single) ? bits + 1 : bits - 1;
        }

        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
