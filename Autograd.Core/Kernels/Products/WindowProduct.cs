using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>C = A B where rows of A lie in runs, evenly spaced, and are read there: A's element (i, p) is at runs[i / length] + lines[p] + i % length · step. B is a packed panel of the width of a tile.</summary>
/// <remarks>Sums are formed in the order of <see cref="MatrixProduct"/>, of at most <see cref="MatrixProduct.LongestSum"/> terms, so that bits are the same.</remarks>
internal static class WindowProduct
{
    /// <summary>The most rows of a run: as many as leave room for a line of B among the registers.</summary>
    private static int LongestRun => HasMany ? 7 : 3;

    private static bool HasMany => Vector512.IsHardwareAccelerated || (!Vector256.IsHardwareAccelerated && Vector128.IsHardwareAccelerated && Register128<float>.HasMany);

    /// <summary>Columns of a panel of B that has <paramref name="columns"/> from there on: those of one vector, or of two.</summary>
    public static int PanelColumns<T>(int columns)
        where T : unmanaged
    {
        var count = Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128.IsHardwareAccelerated ? Vector128<T>.Count : 1;
        return columns > count ? 2 * count : count;
    }

    /// <summary>The length of runs that cut a line of <paramref name="length"/> rows with the least left over.</summary>
    public static int RunLength(int length)
    {
        var best = 1;
        var least = int.MaxValue;
        for (var run = 1; run <= LongestRun; run++)
        {
            var rows = (length + run - 1) / run * run;
            (best, least) = rows <= least ? (run, rows) : (best, least);
        }

        return best;
    }

    /// <summary>C ← A B, or C + A B.</summary>
    /// <param name="a">What runs are counted from.</param>
    /// <param name="runs">Where the runs of rows begin.</param>
    /// <param name="length">Their length.</param>
    /// <param name="step">The distance of neighbours within them, 1 or 2.</param>
    /// <param name="lines">Where the columns are, from a row's own place on.</param>
    /// <param name="b">The panel of B: as many lines as A has columns.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="c">The rows of C, one after the other; for an odd number of runs there is room for another.</param>
    /// <param name="add">Whether to add to C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(ref T a, ReadOnlySpan<int> runs, int length, int step, ReadOnlySpan<int> lines, ref T b, int width, ref T c, bool add)
        where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<Register512<T>, Vector512<T>, T>(ref a, runs, length, step, lines, ref b, width, ref c, add);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply<Register256<T>, Vector256<T>, T>(ref a, runs, length, step, lines, ref b, width, ref c, add);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Multiply<Register128<T>, Vector128<T>, T>(ref a, runs, length, step, lines, ref b, width, ref c, add);
        }
        else
        {
            Multiply<ScalarRegister<T>, T, T>(ref a, runs, length, step, lines, ref b, width, ref c, add);
        }
    }

    /// <summary>The same on registers of one kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TRegister, TVector, T>(ref T a, ReadOnlySpan<int> runs, int length, int step, ReadOnlySpan<int> lines, ref T b, int width, ref T c, bool add)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
    {
        if (width > TRegister.Count)
        {
            Multiply<TRegister, TVector, T, Two>(ref a, runs, length, step, lines, ref b, ref c, add);
        }
        else
        {
            Multiply<TRegister, TVector, T, One>(ref a, runs, length, step, lines, ref b, ref c, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRegister, TVector, T, TVectors>(ref T a, ReadOnlySpan<int> runs, int length, int step, ReadOnlySpan<int> lines, ref T b, ref T c, bool add)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
        where TVectors : struct, ISize
    {
        var width = TVectors.Value * TRegister.Count;
        var depth = MatrixProduct.ChainLength(lines.Length);
        for (var start = 0; start < lines.Length; start += depth)
        {
            var terms = Math.Min(depth, lines.Length - start);
            ref var panel = ref Unsafe.Add(ref b, (nint)start * width);
            if (step == 1)
            {
                Sweep<TRegister, TVector, T, One, TVectors>(ref a, runs, length, lines.Slice(start, terms), ref panel, ref c, add || start > 0);
            }
            else
            {
                Sweep<TRegister, TVector, T, Two, TVectors>(ref a, runs, length, lines.Slice(start, terms), ref panel, ref c, add || start > 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep<TRegister, TVector, T, TStep, TVectors>(ref T a, ReadOnlySpan<int> runs, int length, ReadOnlySpan<int> lines, ref T b, ref T c, bool add)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
        where TStep : struct, ISize
        where TVectors : struct, ISize
    {
        switch (length)
        {
            case 7:
                Sweep<TRegister, TVector, T, TStep, Seven, TVectors>(ref a, runs, lines, ref b, ref c, add);
                break;
            case 6:
                Sweep<TRegister, TVector, T, TStep, Six, TVectors>(ref a, runs, lines, ref b, ref c, add);
                break;
            case 5:
                Sweep<TRegister, TVector, T, TStep, Five, TVectors>(ref a, runs, lines, ref b, ref c, add);
                break;
            case 4:
                Sweep<TRegister, TVector, T, TStep, Four, TVectors>(ref a, runs, lines, ref b, ref c, add);
                break;
            case 3:
                Sweep<TRegister, TVector, T, TStep, Three, TVectors>(ref a, runs, lines, ref b, ref c, add);
                break;
            case 2:
                Sweep<TRegister, TVector, T, TStep, Two, TVectors>(ref a, runs, lines, ref b, ref c, add);
                break;
            default:
                Sweep<TRegister, TVector, T, TStep, One, TVectors>(ref a, runs, lines, ref b, ref c, add);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep<TRegister, TVector, T, TStep, TRun, TVectors>(ref T a, ReadOnlySpan<int> runs, ReadOnlySpan<int> lines, ref T b, ref T c, bool add)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
        where TStep : struct, ISize
        where TRun : struct, ISize
        where TVectors : struct, ISize
    {
        ref var line = ref MemoryMarshal.GetReference(lines);
        var i = 0;
        for (; TVectors.Value == 1 && TRun.Value <= 3 && i + 2 < runs.Length; i += 4)
        {
            // Without a fourth run, the third one is summed up twice.
            var four = (runs[i], runs[i + 1], runs[i + 2], runs[Math.Min(i + 3, runs.Length - 1)]);
            ShortRunTile<TRegister, TVector, T, TStep, TRun>.Multiply(ref a, four, ref line, lines.Length, ref b, ref c, add);
            c = ref Unsafe.Add(ref c, 4 * TRun.Value * TRegister.Count);
        }

        for (; i < runs.Length; i += 2)
        {
            // Without a second run, the first one is summed up twice.
            ref var second = ref Unsafe.Add(ref a, runs[Math.Min(i + 1, runs.Length - 1)]);
            WindowTile<TRegister, TVector, T, TStep, TRun, TVectors>.Multiply(ref Unsafe.Add(ref a, runs[i]), ref second, ref line, lines.Length, ref b, ref c, add);
            c = ref Unsafe.Add(ref c, 2 * TRun.Value * TVectors.Value * TRegister.Count);
        }
    }
}
