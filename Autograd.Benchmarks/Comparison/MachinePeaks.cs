using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Benchmarks.Comparison;

/// <summary>What this machine can do at most, measured: arithmetic by independent fused multiply-adds in registers, bandwidth by the triad a ← b + s·c
/// (McCalpin, STREAM, 1995) on arrays from what fits the first cache to what fits none.</summary>
/// <remarks>The measured loops are compiled at once rather than by tiers, whose first ones would be measured here.</remarks>
internal sealed class MachinePeaks
{
    private const int MultiplyAddSteps = 200_000;
    private const int Chains = 12;
    private const int Repetitions = 12;
    private const double LeastSeconds = 0.4;
    private const int CacheLine = 64;

    private readonly double singleFlops;
    private readonly double doubleFlops;
    private readonly (double Footprint, double Bandwidth)[] bandwidths;

    private MachinePeaks(double singleFlops, double doubleFlops, (double Footprint, double Bandwidth)[] bandwidths)
        => (this.singleFlops, this.doubleFlops, this.bandwidths) = (singleFlops, doubleFlops, bandwidths);

    /// <summary>Measures, with all threads at work; a few seconds.</summary>
    public static MachinePeaks Measure(int threads) => new(
        MultiplyAdds<float>(threads),
        MultiplyAdds<double>(threads),
        [.. new[] { 24e3, 600e3, 4e6, 12e6, 30e6, 100e6, 400e6 }.Select(footprint => (footprint, Triad(footprint, threads)))]);

    /// <summary>The least seconds that some work can take: its arithmetic at the peak, or its traffic at the bandwidth of the memory that holds so much, whichever is more.</summary>
    public double Limit(Cost cost, DType dtype)
        => Math.Max(cost.Flops / (dtype == DType.Float32 ? singleFlops : doubleFlops), cost.Bytes / BandwidthFor(cost.Bytes));

    public override string ToString() => FormattableString.Invariant(
        $"{singleFlops / 1e9:0} GFLOP/s Float32, {doubleFlops / 1e9:0} Float64; {string.Join(", ", bandwidths.Select(level => FormattableString.Invariant($"{level.Bandwidth / 1e9:0} GB/s on {Size(level.Footprint)}")))}");

    private static string Size(double bytes) => FormattableString.Invariant(bytes < 1e6 ? (FormattableString)$"{bytes / 1e3:0} kB" : $"{bytes / 1e6:0} MB");

    private double BandwidthFor(double bytes)
    {
        var level = Array.FindIndex(bandwidths, entry => bytes <= entry.Footprint);
        return bandwidths[level < 0 ? ^1 : level].Bandwidth;
    }

    /// <summary>Operations a second; a multiply-add is two.</summary>
    private static double MultiplyAdds<T>(int threads)
        where T : unmanaged
    {
        var wide = Vector512.IsHardwareAccelerated;
        var seconds = OnAllThreads(threads, _ => Keep(wide ? Wide<T>(MultiplyAddSteps) : Narrow<T>(MultiplyAddSteps)));
        return 2.0 * (wide ? Vector512<T>.Count : Vector256<T>.Count) * Chains * MultiplyAddSteps * threads / seconds;
    }

    /// <summary>Bytes a second.</summary>
    private static double Triad(double footprint, int threads)
    {
        var count = (int)(footprint / threads / 3 / sizeof(float)) / Vector512<float>.Count * Vector512<float>.Count;
        var passes = Math.Max(1, (int)(2e7 / count));
        Memory<float>[] arrays = [.. Enumerable.Range(0, 3 * threads).Select(_ => AlignedOnes(count))];
        var seconds = OnAllThreads(threads, thread =>
        {
            for (var pass = 0; pass < passes; pass++)
            {
                Triad(arrays[3 * thread].Span, arrays[(3 * thread) + 1].Span, arrays[(3 * thread) + 2].Span);
            }
        });
        return 3.0 * sizeof(float) * count * passes * threads / seconds;
    }

    /// <summary>The seconds of the best of several repetitions of work that all threads do at once; those of a repetition are those of its slowest thread.</summary>
    private static double OnAllThreads(int threads, Action<int> work)
    {
        var best = double.PositiveInfinity;
        using var barrier = new Barrier(threads);
        var began = Stopwatch.GetTimestamp();
        for (var repetition = 0; repetition < Repetitions || Stopwatch.GetElapsedTime(began).TotalSeconds < LeastSeconds; repetition++)
        {
            var times = new double[threads];
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
            {
                barrier.SignalAndWait();
                var start = Stopwatch.GetTimestamp();
                work(i);
                times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            best = Math.Min(best, times.Max());
        }

        return best;
    }

    /// <summary>An array that starts at a cache line.</summary>
    private static Memory<float> AlignedOnes(int count)
    {
        var array = GC.AllocateUninitializedArray<float>(count + (CacheLine / sizeof(float)), pinned: true);
        Array.Fill(array, 1f);
        var past = (int)((nuint)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % CacheLine);
        return array.AsMemory((CacheLine - past) % CacheLine / sizeof(float), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Triad(Span<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c)
    {
        ref var to = ref MemoryMarshal.GetReference(a);
        ref var from = ref MemoryMarshal.GetReference(b);
        ref var scaled = ref MemoryMarshal.GetReference(c);
        var three = Vector512.Create(3f);
        for (nuint i = 0; i < (nuint)a.Length; i += (nuint)Vector512<float>.Count)
        {
            Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref scaled, i), three, Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
    }

    // Written out for both widths, since a vector's width has to be known where it is compiled. 12 chains cover a latency of 4 cycles on three units.
    // Nothing is called in between: a call would send the registers to memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Wide<T>(int steps)
        where T : unmanaged
    {
        var y = Vector512.Create(0.5).As<double, T>();
        Vector512<T> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (; steps > 0; steps--)
        {
            a = Next(a, y);
            b = Next(b, y);
            c = Next(c, y);
            d = Next(d, y);
            e = Next(e, y);
            f = Next(f, y);
            g = Next(g, y);
            h = Next(h, y);
            i = Next(i, y);
            j = Next(j, y);
            k = Next(k, y);
            l = Next(l, y);
        }

        return (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l).ToScalar();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<T> Next(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), y.As<T, float>()).As<float, T>()
            : Vector512.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), y.As<T, double>()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Narrow<T>(int steps)
        where T : unmanaged
    {
        var y = Vector256.Create(0.5).As<double, T>();
        Vector256<T> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (; steps > 0; steps--)
        {
            a = Next(a, y);
            b = Next(b, y);
            c = Next(c, y);
            d = Next(d, y);
            e = Next(e, y);
            f = Next(f, y);
            g = Next(g, y);
            h = Next(h, y);
            i = Next(i, y);
            j = Next(j, y);
            k = Next(k, y);
            l = Next(l, y);
        }

        return (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l).ToScalar();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<T> Next(Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), y.As<T, float>()).As<float, T>()
            : Vector256.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), y.As<T, double>()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep<T>(T value) => GC.KeepAlive(value);
}
