using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>The <see cref="WindowTile{TRegister, TVector, T, TStep, TRun, TVectors}"/> of short runs of one vector: four of them, since two have fewer sums than there are multiply-adds under way at a time.</summary>
/// <typeparam name="TRegister">The kind of register.</typeparam>
/// <typeparam name="TVector">What it holds.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TStep">The distance of the elements of a run, 1 or 2.</typeparam>
/// <typeparam name="TRun">The length of a run, 1 to 3.</typeparam>
internal static class ShortRunTile<TRegister, TVector, T, TStep, TRun>
    where TRegister : struct, IRegister<TVector, T>
    where TVector : struct
    where T : unmanaged
    where TStep : struct, ISize
    where TRun : struct, ISize
{
    /// <summary>C ← A B, or C + A B.</summary>
    /// <param name="a">What the runs of A are counted from.</param>
    /// <param name="runs">The four runs: element (i, p) of one is at lines[p] + i·step from there on.</param>
    /// <param name="lines">Where the columns of A are.</param>
    /// <param name="depth">The length of the sums.</param>
    /// <param name="b">Lines of B, one after the other.</param>
    /// <param name="c">Rows of C, one after the other: those of the first run, then those of the second and so on.</param>
    /// <param name="add">Whether to add to C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ref T a, (int First, int Second, int Third, int Fourth) runs, ref int lines, nint depth, ref T b, ref T c, bool add)
    {
        TileRun<TRegister, TVector, T, TStep, TRun> sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        ref var run0 = ref Unsafe.Add(ref a, runs.First);
        ref var run1 = ref Unsafe.Add(ref a, runs.Second);
        ref var run2 = ref Unsafe.Add(ref a, runs.Third);
        ref var run3 = ref Unsafe.Add(ref a, runs.Fourth);
        for (nint p = 0; p < depth; p++)
        {
            nint line = Unsafe.Add(ref lines, p);
            var low = TRegister.Load(ref b, 0);
            var next = TStep.Value == 1 && p + 1 < depth ? Unsafe.Add(ref lines, p + 1) : line;
            if (next == line + 1)
            {
                var nextLow = TRegister.Load(ref b, TRegister.Count);
                sums0.MultiplyAddUp(ref run0, line, low, nextLow);
                sums1.MultiplyAddUp(ref run1, line, low, nextLow);
                sums2.MultiplyAddUp(ref run2, line, low, nextLow);
                sums3.MultiplyAddUp(ref run3, line, low, nextLow);
                b = ref Unsafe.Add(ref b, 2 * TRegister.Count);
                p++;
            }
            else if (next == line - 1)
            {
                var nextLow = TRegister.Load(ref b, TRegister.Count);
                sums0.MultiplyAddDown(ref run0, line, low, nextLow);
                sums1.MultiplyAddDown(ref run1, line, low, nextLow);
                sums2.MultiplyAddDown(ref run2, line, low, nextLow);
                sums3.MultiplyAddDown(ref run3, line, low, nextLow);
                b = ref Unsafe.Add(ref b, 2 * TRegister.Count);
                p++;
            }
            else
            {
                sums0.MultiplyAdd(ref run0, line, low);
                sums1.MultiplyAdd(ref run1, line, low);
                sums2.MultiplyAdd(ref run2, line, low);
                sums3.MultiplyAdd(ref run3, line, low);
                b = ref Unsafe.Add(ref b, TRegister.Count);
            }
        }

        nint pitch = TRun.Value * TRegister.Count;
        sums0.Store(ref c, add);
        sums1.Store(ref Unsafe.Add(ref c, pitch), add);
        sums2.Store(ref Unsafe.Add(ref c, 2 * pitch), add);
        sums3.Store(ref Unsafe.Add(ref c, 3 * pitch), add);
    }
}
