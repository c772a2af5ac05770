using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>Squares of lines that become columns in registers.</content>
internal static partial class NarrowProduct<TRegister, TVector, T>
{
    /// <summary>Squares of factors that are turned before they are used: they stay in the first-level cache.</summary>
    private const int SquaresTogether = 4;

    /// <summary>Whole registers of each line; lines of factors become columns first.</summary>
    /// <param name="strips">The lines.</param>
    /// <param name="firstX">The factors of the first strip.</param>
    /// <param name="secondX">Those of the second.</param>
    /// <param name="step">The distance of lines of factors.</param>
    /// <param name="pitch">The distance of lines.</param>
    /// <param name="squares">The squares of each strip.</param>
    /// <param name="block">Memory for factors that have become columns.</param>
    /// <param name="jump">The distance of the strips that follow, if they shall be fetched; else 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSquares<TFactors, TStrips>(ref Strips<TVector, T> strips, ref T firstX, ref T secondX, nint step, nint pitch, nint squares, ref T block, nint jump)
        where TFactors : struct, ISize
        where TStrips : struct, ISize
    {
        if (TFactors.Value == 1)
        {
            if (TStrips.Value == 1 || jump == 0 || Unsafe.SizeOf<TVector>() < Vector512<byte>.Count)
            {
                Transposition.Turn<TRegister, TVector, T, ScaledColumns<TRegister, TVector, T>, TStrips>(ref strips, pitch, squares, 1, TRegister.Count);
                return;
            }

            var pieces = (squares + Transposition.FetchedSquares - 1) / Transposition.FetchedSquares;
            var piece = (squares + pieces - 1) / pieces;
            ref var lines = ref strips.Lines;
            ref var memory = ref strips.Memory;
            ref var otherLines = ref strips.OtherLines;
            ref var otherMemory = ref strips.OtherMemory;
            for (nint p = 0, length = piece * TRegister.Count; squares > 0; p += length, squares -= piece)
            {
                strips.Ahead = squares > piece ? length : jump - p;
                strips.Lines = ref Unsafe.Add(ref lines, p);
                strips.Memory = ref Unsafe.Add(ref memory, p);
                strips.OtherLines = ref Unsafe.Add(ref otherLines, p);
                strips.OtherMemory = ref Unsafe.Add(ref otherMemory, p);
                Transposition.Turn<TRegister, TVector, T, ScaledColumns<TRegister, TVector, T>, TStrips>(ref strips, pitch, Math.Min(squares, piece), 1, TRegister.Count);
            }

            return;
        }

        int width = TRegister.Count * TStrips.Value, area = TRegister.Count * width;
        ref var otherBlock = ref Unsafe.Add(ref block, TRegister.Count);
        var factors = new Strips<TVector, T>(ref firstX, ref block) { OtherLines = ref secondX, OtherMemory = ref otherBlock };
        var pairs = new Strips<TVector, T>(ref strips.Lines, ref block) { OtherLines = ref strips.OtherLines, OtherMemory = ref otherBlock, Sums = strips.Sums };
        for (; squares > 0; squares -= SquaresTogether)
        {
            var together = Math.Min(squares, SquaresTogether);
            Transposition.Turn<TRegister, TVector, T, StoredColumns<TRegister, TVector, T>, TStrips>(ref factors, step, together, width, area);
            Transposition.Turn<TRegister, TVector, T, PairedColumns<TRegister, TVector, T>, TStrips>(ref pairs, pitch, together, width, area);
            factors.Lines = ref Unsafe.Add(ref factors.Lines, together * TRegister.Count);
            factors.OtherLines = ref Unsafe.Add(ref factors.OtherLines, together * TRegister.Count);
            pairs.Lines = ref Unsafe.Add(ref pairs.Lines, together * TRegister.Count);
            pairs.OtherLines = ref Unsafe.Add(ref pairs.OtherLines, together * TRegister.Count);
        }

        (strips.Sums, strips.OtherSums) = (pairs.Sums, pairs.OtherSums);
    }

    /// <summary>A few terms of each line, less than a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSmallSquares<TFactors>(ref T x, nint step, ref T b, nint pitch, TVector sums)
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
        return TRegister.Square > 2 ? TRegister.MultiplyAdd(x3, b3, TRegister.MultiplyAdd(x2, b2, sums)) : sums;
    }
}
