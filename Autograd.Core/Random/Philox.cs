using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autograd;

/// <summary>
/// Philox4x32-10: a keyed bijection of 128-bit counters whose outputs, for consecutive counters, pass every test of
/// TestU01's BigCrush. It has no state: block i is computed from (key, i) alone, in any order and on any thread.
/// </summary>
/// <remarks>
/// One round maps (x₀, x₁, x₂, x₃) to (hi(M₁x₂) ⊕ x₁ ⊕ k₀, lo(M₁x₂), hi(M₀x₀) ⊕ x₃ ⊕ k₁, lo(M₀x₀)); the key words grow by the
/// Weyl constants W₀ and W₁ between rounds; there are ten rounds.
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// </remarks>
internal static class Philox
{
    /// <summary>Number of 64-bit draws in one block.</summary>
    public const int DrawsPerBlock = 2;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The four 32-bit words of the block at one counter.</summary>
    /// <param name="counterLow">Counter words 0 (low half) and 1 (high half).</param>
    /// <param name="counterHigh">Counter words 2 (low half) and 3 (high half).</param>
    /// <param name="key">Key words 0 (low half) and 1 (high half).</param>
    public static (uint X0, uint X1, uint X2, uint X3) Block(ulong counterLow, ulong counterHigh, ulong key)
    {
        var (x0, x1, x2, x3) = ((uint)counterLow, (uint)(counterLow >> 32), (uint)counterHigh, (uint)(counterHigh >> 32));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * x0;
            var product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        return (x0, x1, x2, x3);
    }

    /// <summary>The block at one counter as two 64-bit draws: (x₀ + 2³²x₁, x₂ + 2³²x₃).</summary>
    public static (ulong First, ulong Second) Draws(ulong counterLow, ulong counterHigh, ulong key)
    {
        var (x0, x1, x2, x3) = Block(counterLow, counterHigh, key);
        return (x0 | (ulong)x1 << 32, x2 | (ulong)x3 << 32);
    }

    /// <summary>
    /// Writes the draws of the blocks at <paramref name="counterLow"/>, <paramref name="counterLow"/> + 1, … (modulo 2⁶⁴, with no
    /// carry into <paramref name="counterHigh"/>). Of a last block that does not fit, the first draw is written.
    /// </summary>
    public static void Fill(Span<ulong> draws, ulong counterLow, ulong counterHigh, ulong key)
    {
        var filled = Avx2.IsSupported ? FillVectors(draws, counterLow, counterHigh, key) : 0;
        counterLow += (ulong)(filled / DrawsPerBlock);
        for (; filled < draws.Length; filled += DrawsPerBlock, counterLow++)
        {
            var (first, second) = Draws(counterLow, counterHigh, key);
            draws[filled] = first;
            if (filled + 1 < draws.Length)
                draws[filled + 1] = second;
        }
    }

    /// <summary>
    /// Four blocks at a time, one in each 64-bit lane. The products are used as they are: a multiplication reads only the low
    /// halves of its operands, so that the high halves of x₁ and x₃ may hold anything until the end.
    /// </summary>
    /// <returns>The number of draws written, the greatest multiple of 8 that fits.</returns>
    private static int FillVectors(Span<ulong> draws, ulong counterLow, ulong counterHigh, ulong key)
    {
        Debug.Assert(BitConverter.IsLittleEndian);
        const int drawsPerStep = 4 * DrawsPerBlock;
        var multiplier0 = Vector256.Create((ulong)Multiplier0).AsUInt32();
        var multiplier1 = Vector256.Create((ulong)Multiplier1).AsUInt32();
        var lowHalf = Vector256.Create((ulong)uint.MaxValue);
        var counters = Vector256.Create(counterLow) + Vector256.Create(0UL, 1, 2, 3);
        var steps = MemoryMarshal.Cast<ulong, Vector512<ulong>>(draws);
        for (var step = 0; step < steps.Length; step++, counters += Vector256.Create(4UL))
        {
            var (x0, x1) = (counters, counters >>> 32);
            var (x2, x3) = (Vector256.Create(counterHigh), Vector256.Create(counterHigh >> 32));
            var (k0, k1) = ((uint)key, (uint)(key >> 32));
            for (var round = 0; round < Rounds; round++)
            {
                var product0 = Avx2.Multiply(x0.AsUInt32(), multiplier0);
                var product1 = Avx2.Multiply(x2.AsUInt32(), multiplier1);
                x0 = product1 >>> 32 ^ x1 ^ Vector256.Create((ulong)k0);
                x2 = product0 >>> 32 ^ x3 ^ Vector256.Create((ulong)k1);
                (x1, x3) = (product1, product0);
                k0 += Weyl0;
                k1 += Weyl1;
            }
            var first = x0 & lowHalf | x1 << 32;
            var second = x2 & lowHalf | x3 << 32;
            var even = Avx2.UnpackLow(first, second);    // blocks 0 and 2
            var odd = Avx2.UnpackHigh(first, second);    // blocks 1 and 3
            steps[step] = Vector512.Create(Avx2.Permute2x128(even, odd, 0x20), Avx2.Permute2x128(even, odd, 0x31));
        }
        return steps.Length * drawsPerStep;
    }
}
