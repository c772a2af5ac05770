using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd;

/// <summary>
/// The unending sequence of 64-bit draws of one key from one block onward: draw i is half i mod 2 of block
/// <paramref name="start"/> + ⌊i/2⌋. Element i of every distribution is made of draw i, so it depends on (key, start, i) only:
/// not on how many elements are asked for, nor on which thread computes which part. (A permutation alone is a whole.)
/// </summary>
/// <remarks>
/// Uniforms and normals of every float type read the same draws: a float32 element is the float64 element of the same
/// position, cut (uniform) or rounded (normal) to float32. A seed thus means the same numbers in either precision.
/// The high 64 bits of the counter keep purposes apart: 0 for draws, 1, 2, … for the further attempts of a rejected integer,
/// 2⁶³ for the keys of split generators.
/// </remarks>
/// <param name="key">The Philox key.</param>
/// <param name="start">The block that holds draws 0 and 1.</param>
[StructLayout(LayoutKind.Auto)]
[SkipLocalsInit]    // tiles are written before they are read, except for padding whose results are dropped
internal readonly struct DrawSequence(ulong key, ulong start)
{
    private const ulong ChildKeys = 1UL << 63;
    private const int TileLength = 256;

    /// <summary>The number of blocks that hold draws 0, …, <paramref name="draws"/> − 1.</summary>
    public static ulong BlocksFor(long draws) => ((ulong)draws + 1) / Philox.DrawsPerBlock;

    /// <summary>The key of the generator that is split off at the given block of the sequence.</summary>
    public ulong ChildKey(int block) => Philox.Draws(start + (ulong)block, ChildKeys, key).First;

    /// <summary>Writes draws <paramref name="first"/>, <paramref name="first"/> + 1, … themselves.</summary>
    public void Fill(Span<ulong> draws, long first = 0)
    {
        Debug.Assert(first >= 0);
        var block = start + (ulong)first / Philox.DrawsPerBlock;
        if (first % Philox.DrawsPerBlock != 0 && !draws.IsEmpty)
        {
            draws[0] = Philox.Draws(block, 0, key).Second;
            draws = draws[1..];
            block++;
        }
        Philox.Fill(draws, block, 0, key);
    }

    /// <summary>
    /// Uniforms on [0, 1): ⌊draw / 2^(64−b)⌋ · 2^−b with b the precision of <typeparamref name="T"/> (24 for float, 53 for
    /// double), exact and never 1.
    /// </summary>
    /// <param name="values">Receives elements <paramref name="first"/>, <paramref name="first"/> + 1, …</param>
    /// <param name="first">The index of the first element written.</param>
    public void FillUniform<T>(Span<T> values, long first = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var precision = T.One.GetSignificandBitLength();
        var unit = T.ScaleB(T.One, -precision);
        Span<ulong> tile = stackalloc ulong[TileLength];
        while (!values.IsEmpty)
        {
            var draws = tile[..Math.Min(TileLength, values.Length)];
            Fill(draws, first);
            for (var i = 0; i < draws.Length; i++)
                values[i] = T.CreateTruncating((long)(draws[i] >> (64 - precision))) * unit;
            values = values[draws.Length..];
            first += draws.Length;
        }
    }

    /// <summary>Standard normals by <see cref="NormalDistribution.FromDraws"/>, rounded to <typeparamref name="T"/>; |value| &lt; 8.3.</summary>
    /// <inheritdoc cref="FillUniform"/>
    public void FillNormal<T>(Span<T> values, long first = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<ulong> tile = stackalloc ulong[TileLength];
        Span<double> normals = stackalloc double[TileLength];
        while (!values.IsEmpty)
        {
            var length = Math.Min(TileLength, values.Length);
            var padded = (length + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
            Fill(tile[..length], first);
            NormalDistribution.FromDraws(tile[..padded], normals[..padded]);
            for (var i = 0; i < length; i++)
                values[i] = T.CreateTruncating(normals[i]);
            values = values[length..];
            first += length;
        }
    }

    /// <summary>Integers, each of <paramref name="low"/>, …, <paramref name="high"/> − 1 with exactly equal probability.</summary>
    /// <inheritdoc cref="FillUniform"/>
    public void FillIntegers(Span<long> values, long low, long high, long first = 0)
    {
        Debug.Assert(low < high);
        var range = unchecked((ulong)(high - low));
        Span<ulong> tile = stackalloc ulong[TileLength];
        while (!values.IsEmpty)
        {
            var draws = tile[..Math.Min(TileLength, values.Length)];
            Fill(draws, first);
            for (var i = 0; i < draws.Length; i++)
                values[i] = unchecked(low + (long)Below(range, draws[i], first + i));
            values = values[draws.Length..];
            first += draws.Length;
        }
    }

    /// <summary>
    /// A permutation of 0, …, n − 1, n the length of <paramref name="permutation"/>; each of the n! with equal probability as
    /// far as a 64-bit key can tell them apart. Position i is inserted by draw i.
    /// Source: R. A. Fisher, F. Yates, "Statistical tables", 1938; the inside-out form of D. E. Knuth, "The art of computer
    /// programming", volume 2, 1997, algorithm 3.4.2 P.
    /// </summary>
    public void FillPermutation(Span<long> permutation)
    {
        Span<ulong> tile = stackalloc ulong[TileLength];
        for (var first = 0; first < permutation.Length; first += TileLength)
        {
            var draws = tile[..Math.Min(TileLength, permutation.Length - first)];
            Fill(draws, first);
            for (var i = 0; i < draws.Length; i++)
            {
                var position = first + i;
                var swapped = (int)Below((ulong)position + 1, draws[i], position);
                permutation[position] = permutation[swapped];
                permutation[swapped] = position;
            }
        }
    }

    /// <summary>
    /// An integer of 0, …, <paramref name="range"/> − 1: ⌊draw · range / 2⁶⁴⌋. Of 2⁶⁴ draws, 2⁶⁴ mod range are rejected, so that
    /// the others divide equally; a further attempt takes the draw of the same index from another high counter word, so that
    /// a rejection never shifts the draws of other elements.
    /// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019.
    /// </summary>
    /// <param name="range">The number of possible values, at least 1.</param>
    /// <param name="draw">The first attempt.</param>
    /// <param name="index">The index of <paramref name="draw"/> in the sequence.</param>
    private ulong Below(ulong range, ulong draw, long index)
    {
        var value = Math.BigMul(draw, range, out var remainder);
        if (remainder >= range)
            return value;
        var rejected = unchecked(0 - range) % range;
        for (var attempt = 1UL; remainder < rejected; attempt++)
        {
            var (even, odd) = Philox.Draws(start + (ulong)index / Philox.DrawsPerBlock, attempt, key);
            value = Math.BigMul(index % Philox.DrawsPerBlock == 0 ? even : odd, range, out remainder);
        }
        return value;
    }
}
