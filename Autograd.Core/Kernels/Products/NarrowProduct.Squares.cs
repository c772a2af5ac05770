using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <content>Squares of lines that become columns in registers.</content>
internal static partial class NarrowProduct<TRegister, TVector, T>
{
    /// <summary>Squares of factors that are turned before they are used: they stay in the first-level cache.</summary>
    private const int SquaresTogether = 4;

    /// <summary>Whole registers of each line; lines of factors become columns first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSquares<TFactors, TStrips>(ref Strips<TVector, T> strips, ref T firstX, ref T secondX, nint step, nint pitch, nint squares, ref T block)
        where TFactors : struct, ISize
        where TStrips : struct, ISize
    {
        if (TFactors.Value == 1)
        {
            Transposition.Turn<TRegister, TVector, T, ScaledColumns<TRegister, TVector, T>, TStrips>(ref strips, pitch, squares, 1, TRegister.Count);
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
