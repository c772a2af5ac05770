using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>The innermost loop of the matrix product: a tile of C, up to 12 rows of two vectors, stays in registers while products over k are added up.
/// Each step loads a line of B and broadcasts a column of A; 12 rows of two vectors make 24 independent sums, enough to keep both multipliers busy.</summary>
/// <typeparam name="TRegister">The kind of register.</typeparam>
/// <typeparam name="TVector">What it holds.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TRows">The rows of the packed panel of A, all of which are computed.</typeparam>
/// <typeparam name="TVectors">The vectors in a row of the tile, 1 or 2.</typeparam>
internal static class Tile<TRegister, TVector, T, TRows, TVectors>
    where TRegister : struct, IRegister<TVector, T>
    where TVector : struct
    where T : unmanaged
    where TRows : struct, ISize
    where TVectors : struct, ISize
{
    /// <summary>C ← A B, or C + A B.</summary>
    /// <param name="a">A packed panel: element (i, p) at p·rows + i.</param>
    /// <param name="b">Element (p, j) is at p·step + j, or at lines[p] + j.</param>
    /// <param name="step">The distance between lines of B.</param>
    /// <param name="lines">Where the lines of B are, if they are not evenly spaced.</param>
    /// <param name="depth">The length of the sums.</param>
    /// <param name="c">Element (i, j) is at i·pitch + j.</param>
    /// <param name="pitch">The distance between lines of C.</param>
    /// <param name="rows">How many rows of C there are; the other sums are dropped.</param>
    /// <param name="add">Whether to add to C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLines>(ref T a, ref T b, nint step, ref int lines, nint depth, ref T c, nint pitch, int rows, bool add)
        where TLines : struct, ILines
    {
        TileRow<TRegister, TVector, T, TVectors> row0 = default, row1 = default, row2 = default, row3 = default, row4 = default, row5 = default;
        TileRow<TRegister, TVector, T, TVectors> row6 = default, row7 = default, row8 = default, row9 = default, row10 = default, row11 = default;
        for (nint i = 0, at = 0; i < rows; i++, at += pitch)
        {
            TileRow<TRegister, TVector, T, TVectors>.Prefetch(ref c, at);
        }

        nint atA = 0, atB = 0;
        for (; depth > 0; depth--)
        {
            if (TLines.AreTable)
            {
                atB = lines;
                lines = ref Unsafe.Add(ref lines, 1);
            }

            var low = TRegister.Load(ref b, atB);
            var high = TVectors.Value > 1 ? TRegister.Load(ref b, atB + TRegister.Count) : low;
            row0.MultiplyAdd(TRegister.Broadcast(ref a, atA), low, high);
            if (TRows.Value > 1) row1.MultiplyAdd(TRegister.Broadcast(ref a, atA + 1), low, high);
            if (TRows.Value > 2) row2.MultiplyAdd(TRegister.Broadcast(ref a, atA + 2), low, high);
            if (TRows.Value > 3) row3.MultiplyAdd(TRegister.Broadcast(ref a, atA + 3), low, high);
            if (TRows.Value > 4) row4.MultiplyAdd(TRegister.Broadcast(ref a, atA + 4), low, high);
            if (TRows.Value > 5) row5.MultiplyAdd(TRegister.Broadcast(ref a, atA + 5), low, high);
            if (TRows.Value > 6) row6.MultiplyAdd(TRegister.Broadcast(ref a, atA + 6), low, high);
            if (TRows.Value > 7) row7.MultiplyAdd(TRegister.Broadcast(ref a, atA + 7), low, high);
            if (TRows.Value > 8) row8.MultiplyAdd(TRegister.Broadcast(ref a, atA + 8), low, high);
            if (TRows.Value > 9) row9.MultiplyAdd(TRegister.Broadcast(ref a, atA + 9), low, high);
            if (TRows.Value > 10) row10.MultiplyAdd(TRegister.Broadcast(ref a, atA + 10), low, high);
            if (TRows.Value > 11) row11.MultiplyAdd(TRegister.Broadcast(ref a, atA + 11), low, high);
            atA += TRows.Value;
            atB += TLines.AreTable ? 0 : step;
        }

        row0.Store(ref c, 0, add);
        if (TRows.Value > 1 && rows > 1) row1.Store(ref c, pitch, add);
        if (TRows.Value > 2 && rows > 2) row2.Store(ref c, 2 * pitch, add);
        if (TRows.Value > 3 && rows > 3) row3.Store(ref c, 3 * pitch, add);
        if (TRows.Value > 4 && rows > 4) row4.Store(ref c, 4 * pitch, add);
        if (TRows.Value > 5 && rows > 5) row5.Store(ref c, 5 * pitch, add);
        if (TRows.Value > 6 && rows > 6) row6.Store(ref c, 6 * pitch, add);
        if (TRows.Value > 7 && rows > 7) row7.Store(ref c, 7 * pitch, add);
        if (TRows.Value > 8 && rows > 8) row8.Store(ref c, 8 * pitch, add);
        if (TRows.Value > 9 && rows > 9) row9.Store(ref c, 9 * pitch, add);
        if (TRows.Value > 10 && rows > 10) row10.Store(ref c, 10 * pitch, add);
        if (TRows.Value > 11 && rows > 11) row11.Store(ref c, 11 * pitch, add);
    }
}
