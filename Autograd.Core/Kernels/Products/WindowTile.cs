using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>The innermost loop of <see cref="WindowProduct"/>: a tile of C, two runs of up to 7 rows of up to two vectors, stays in registers while products over k are added up.
/// Each step loads a line of B and broadcasts the elements of both runs, which lie close together in A and so need no copy.</summary>
/// <typeparam name="TRegister">The kind of register.</typeparam>
/// <typeparam name="TVector">What it holds.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TStep">The distance of the elements of a run, 1 or 2.</typeparam>
/// <typeparam name="TRun">The length of a run, 1 to 7.</typeparam>
/// <typeparam name="TVectors">The vectors in a row of the tile, 1 or 2.</typeparam>
internal static class WindowTile<TRegister, TVector, T, TStep, TRun, TVectors>
    where TRegister : struct, IRegister<TVector, T>
    where TVector : struct
    where T : unmanaged
    where TStep : struct, ISize
    where TRun : struct, ISize
    where TVectors : struct, ISize
{
    /// <summary>C ← A B, or C + A B.</summary>
    /// <param name="first">The first run of A: element (i, p) is at lines[p] + i·step.</param>
    /// <param name="second">The second one.</param>
    /// <param name="lines">Where the columns of A are.</param>
    /// <param name="depth">The length of the sums.</param>
    /// <param name="b">Lines of B, one after the other.</param>
    /// <param name="c">Rows of C, one after the other: those of the first run, then those of the second.</param>
    /// <param name="add">Whether to add to C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ref T first, ref T second, ref int lines, nint depth, ref T b, ref T c, bool add)
    {
        TileRow<TRegister, TVector, T, TVectors> row0 = default, row1 = default, row2 = default, row3 = default, row4 = default, row5 = default, row6 = default;
        TileRow<TRegister, TVector, T, TVectors> row7 = default, row8 = default, row9 = default, row10 = default, row11 = default, row12 = default, row13 = default;
        var isNarrow = TVectors.Value == 1 && TStep.Value == 1;
        for (nint p = 0; p < depth; p++)
        {
            nint line = Unsafe.Add(ref lines, p);
            var low = TRegister.Load(ref b, 0);
            if (isNarrow && p + 1 < depth && Unsafe.Add(ref lines, p + 1) == line + 1)
            {
                // Two columns of A that are neighbours share all elements but one: with one register of B, loads would be the limit.
                var next = TRegister.Load(ref b, TRegister.Count);
                b = ref Unsafe.Add(ref b, 2 * TRegister.Count);
                var f0 = TRegister.Broadcast(ref first, line);
                var f1 = TRegister.Broadcast(ref first, line + 1);
                row0.MultiplyAddPair(f0, f1, low, next);
                var f2 = TRun.Value > 1 ? TRegister.Broadcast(ref first, line + 2) : f1;
                if (TRun.Value > 1) row1.MultiplyAddPair(f1, f2, low, next);
                var f3 = TRun.Value > 2 ? TRegister.Broadcast(ref first, line + 3) : f2;
                if (TRun.Value > 2) row2.MultiplyAddPair(f2, f3, low, next);
                var f4 = TRun.Value > 3 ? TRegister.Broadcast(ref first, line + 4) : f3;
                if (TRun.Value > 3) row3.MultiplyAddPair(f3, f4, low, next);
                var f5 = TRun.Value > 4 ? TRegister.Broadcast(ref first, line + 5) : f4;
                if (TRun.Value > 4) row4.MultiplyAddPair(f4, f5, low, next);
                var f6 = TRun.Value > 5 ? TRegister.Broadcast(ref first, line + 6) : f5;
                if (TRun.Value > 5) row5.MultiplyAddPair(f5, f6, low, next);
                var f7 = TRun.Value > 6 ? TRegister.Broadcast(ref first, line + 7) : f6;
                if (TRun.Value > 6) row6.MultiplyAddPair(f6, f7, low, next);
                var s0 = TRegister.Broadcast(ref second, line);
                var s1 = TRegister.Broadcast(ref second, line + 1);
                row7.MultiplyAddPair(s0, s1, low, next);
                var s2 = TRun.Value > 1 ? TRegister.Broadcast(ref second, line + 2) : s1;
                if (TRun.Value > 1) row8.MultiplyAddPair(s1, s2, low, next);
                var s3 = TRun.Value > 2 ? TRegister.Broadcast(ref second, line + 3) : s2;
                if (TRun.Value > 2) row9.MultiplyAddPair(s2, s3, low, next);
                var s4 = TRun.Value > 3 ? TRegister.Broadcast(ref second, line + 4) : s3;
                if (TRun.Value > 3) row10.MultiplyAddPair(s3, s4, low, next);
                var s5 = TRun.Value > 4 ? TRegister.Broadcast(ref second, line + 5) : s4;
                if (TRun.Value > 4) row11.MultiplyAddPair(s4, s5, low, next);
                var s6 = TRun.Value > 5 ? TRegister.Broadcast(ref second, line + 6) : s5;
                if (TRun.Value > 5) row12.MultiplyAddPair(s5, s6, low, next);
                var s7 = TRun.Value > 6 ? TRegister.Broadcast(ref second, line + 7) : s6;
                if (TRun.Value > 6) row13.MultiplyAddPair(s6, s7, low, next);
                p++;
                continue;
            }

            if (isNarrow && p + 1 < depth && Unsafe.Add(ref lines, p + 1) == line - 1)
            {
                // The same the other way round: those of adjoints.
                var next = TRegister.Load(ref b, TRegister.Count);
                b = ref Unsafe.Add(ref b, 2 * TRegister.Count);
                var f0 = TRegister.Broadcast(ref first, line - 1);
                var f1 = TRegister.Broadcast(ref first, line);
                row0.MultiplyAddPair(f1, f0, low, next);
                var f2 = TRun.Value > 1 ? TRegister.Broadcast(ref first, line + 1) : f1;
                if (TRun.Value > 1) row1.MultiplyAddPair(f2, f1, low, next);
                var f3 = TRun.Value > 2 ? TRegister.Broadcast(ref first, line + 2) : f2;
                if (TRun.Value > 2) row2.MultiplyAddPair(f3, f2, low, next);
                var f4 = TRun.Value > 3 ? TRegister.Broadcast(ref first, line + 3) : f3;
                if (TRun.Value > 3) row3.MultiplyAddPair(f4, f3, low, next);
                var f5 = TRun.Value > 4 ? TRegister.Broadcast(ref first, line + 4) : f4;
                if (TRun.Value > 4) row4.MultiplyAddPair(f5, f4, low, next);
                var f6 = TRun.Value > 5 ? TRegister.Broadcast(ref first, line + 5) : f5;
                if (TRun.Value > 5) row5.MultiplyAddPair(f6, f5, low, next);
                var f7 = TRun.Value > 6 ? TRegister.Broadcast(ref first, line + 6) : f6;
                if (TRun.Value > 6) row6.MultiplyAddPair(f7, f6, low, next);
                var s0 = TRegister.Broadcast(ref second, line - 1);
                var s1 = TRegister.Broadcast(ref second, line);
                row7.MultiplyAddPair(s1, s0, low, next);
                var s2 = TRun.Value > 1 ? TRegister.Broadcast(ref second, line + 1) : s1;
                if (TRun.Value > 1) row8.MultiplyAddPair(s2, s1, low, next);
                var s3 = TRun.Value > 2 ? TRegister.Broadcast(ref second, line + 2) : s2;
                if (TRun.Value > 2) row9.MultiplyAddPair(s3, s2, low, next);
                var s4 = TRun.Value > 3 ? TRegister.Broadcast(ref second, line + 3) : s3;
                if (TRun.Value > 3) row10.MultiplyAddPair(s4, s3, low, next);
                var s5 = TRun.Value > 4 ? TRegister.Broadcast(ref second, line + 4) : s4;
                if (TRun.Value > 4) row11.MultiplyAddPair(s5, s4, low, next);
                var s6 = TRun.Value > 5 ? TRegister.Broadcast(ref second, line + 5) : s5;
                if (TRun.Value > 5) row12.MultiplyAddPair(s6, s5, low, next);
                var s7 = TRun.Value > 6 ? TRegister.Broadcast(ref second, line + 6) : s6;
                if (TRun.Value > 6) row13.MultiplyAddPair(s7, s6, low, next);
                p++;
                continue;
            }

            var high = TVectors.Value > 1 ? TRegister.Load(ref b, TRegister.Count) : low;
            b = ref Unsafe.Add(ref b, TVectors.Value * TRegister.Count);
            row0.MultiplyAdd(TRegister.Broadcast(ref first, line), low, high);
            row7.MultiplyAdd(TRegister.Broadcast(ref second, line), low, high);
            if (TRun.Value > 1) row1.MultiplyAdd(TRegister.Broadcast(ref first, line + TStep.Value), low, high);
            if (TRun.Value > 1) row8.MultiplyAdd(TRegister.Broadcast(ref second, line + TStep.Value), low, high);
            if (TRun.Value > 2) row2.MultiplyAdd(TRegister.Broadcast(ref first, line + (2 * TStep.Value)), low, high);
            if (TRun.Value > 2) row9.MultiplyAdd(TRegister.Broadcast(ref second, line + (2 * TStep.Value)), low, high);
            if (TRun.Value > 3) row3.MultiplyAdd(TRegister.Broadcast(ref first, line + (3 * TStep.Value)), low, high);
            if (TRun.Value > 3) row10.MultiplyAdd(TRegister.Broadcast(ref second, line + (3 * TStep.Value)), low, high);
            if (TRun.Value > 4) row4.MultiplyAdd(TRegister.Broadcast(ref first, line + (4 * TStep.Value)), low, high);
            if (TRun.Value > 4) row11.MultiplyAdd(TRegister.Broadcast(ref second, line + (4 * TStep.Value)), low, high);
            if (TRun.Value > 5) row5.MultiplyAdd(TRegister.Broadcast(ref first, line + (5 * TStep.Value)), low, high);
            if (TRun.Value > 5) row12.MultiplyAdd(TRegister.Broadcast(ref second, line + (5 * TStep.Value)), low, high);
            if (TRun.Value > 6) row6.MultiplyAdd(TRegister.Broadcast(ref first, line + (6 * TStep.Value)), low, high);
            if (TRun.Value > 6) row13.MultiplyAdd(TRegister.Broadcast(ref second, line + (6 * TStep.Value)), low, high);
        }

        nint pitch = TVectors.Value * TRegister.Count;
        row0.Store(ref c, 0, add);
        if (TRun.Value > 1) row1.Store(ref c, pitch, add);
        if (TRun.Value > 2) row2.Store(ref c, 2 * pitch, add);
        if (TRun.Value > 3) row3.Store(ref c, 3 * pitch, add);
        if (TRun.Value > 4) row4.Store(ref c, 4 * pitch, add);
        if (TRun.Value > 5) row5.Store(ref c, 5 * pitch, add);
        if (TRun.Value > 6) row6.Store(ref c, 6 * pitch, add);
        c = ref Unsafe.Add(ref c, TRun.Value * pitch);
        row7.Store(ref c, 0, add);
        if (TRun.Value > 1) row8.Store(ref c, pitch, add);
        if (TRun.Value > 2) row9.Store(ref c, 2 * pitch, add);
        if (TRun.Value > 3) row10.Store(ref c, 3 * pitch, add);
        if (TRun.Value > 4) row11.Store(ref c, 4 * pitch, add);
        if (TRun.Value > 5) row12.Store(ref c, 5 * pitch, add);
        if (TRun.Value > 6) row13.Store(ref c, 6 * pitch, add);
    }
}
