using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Benchmarks.Comparison;

/// <summary>What this machine can do at most, measured: arithmetic by independent fused multiply-adds in registers, bandwidth by the triad a ← b + s·c
/// (McCalpin, STREAM, 1995) on arrays that fit the first cache, the second, the third, or none.</summary>
internal sealed class MachinePeaks
{
    private const int MultiplyAddSteps = 200_000;
    private const int Repetitions = 12;
    private const int Chains = 8;

    private readonly double singleFlops;
    private readonly double doubleFlops;
    private readonly (double Footprint, double Bandwidth)[] bandwidths;

    private MachinePeaks(double singleFlops, double doubleFlops, (double Footprint, double Bandwidth)[] bandwidths)
        => (this.singleFlops, this.doubleFlops, this.bandwidths) = (singleFlops, doubleFlops, bandwidths);

    public static MachinePeaks Measure(int threads) => new(
        threads * MultiplyAdds<float>(threads),
        threads * MultiplyAdds<double>(threads),
        [.. new[] { 24e3, 600e3, 12e6, 384e6 }.Select(footprint => (footprint, Triad(footprint, threads)))]);

    /// <summary>The least seconds that some work can take: its arithmetic at the peak or its traffic at the bandwidth of the memory that holds so much, whichever is more.</summary>
    public double Limit(Cost cost, DType dtype)
        => Math.Max(cost.Flops / (dtype == DType.Float32 ? singleFlops : doubleFlops), cost.Bytes / BandwidthFor(cost.Bytes));

    public override string ToString() => FormattableString.Invariant(
        $"{singleFlops / 1e9:0} GFLOP/s Float32, {doubleFlops / 1e9:0} Float64; {string.Join(", ", bandwidths.Select(level => FormattableString.Invariant($"{level.Bandwidth / 1e9:0} GB/s on {Size(level.Footprint)}")))}");

    private static string Size(double bytes) => FormattableString.Invariant(bytes < 1e6 ? (FormattableString)$"{bytes / 1e3:0} kB" : $"{bytes / 1e6:0} MB");

    // The next greater footprint that was measured: a little too favourable to no one.
    private double BandwidthFor(double bytes)
    {
        var level = Array.FindIndex(bandwidths, entry => bytes <= entry.Footprint);
        return bandwidths[level < 0 ? ^1 : level].Bandwidth;
    }

    /// <summary>Multiply-adds of one thread while all work, in operations a second (a multiply-add is two).</summary>
    private static double MultiplyAdds<T>(int threads)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var lanes = Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256<T>.Count;
        var seconds = OnAllThreads(threads, _ => Vector512.IsHardwareAccelerated ? Wide(T.One) : Narrow(T.One));
        return 2.0 * lanes * Chains * MultiplyAddSteps / seconds;
    }

    private static double Triad(double footprint, int threads)
    {
        var count = (int)(footprint / threads / 3 / sizeof(float));
        var passes = Math.Max(1, (int)(2e7 / count));
        var seconds = OnAllThreads(threads, _ =>
        {
            var (a, b, c) = (GC.AllocateUninitializedArray<float>(count, pinned: true), GC.AllocateUninitializedArray<float>(count, pinned: true), GC.AllocateUninitializedArray<float>(count, pinned: true));
            Array.Fill(a, 1f);
            Array.Fill(b, 1f);
            Array.Fill(c, 1f);
            var watch = Stopwatch.StartNew();
            for (var pass = 0; pass < passes; pass++)
            {
                TensorPrimitives.MultiplyAdd(c, 3f, b, a);
            }

            return watch.Elapsed;
        });
        return 3.0 * sizeof(float) * count * passes * threads / seconds;
    }

    /// <summary>The best time of several, in seconds, of work that all threads do at once; a time is that of the slowest thread. The first ones warm the compiler up.</summary>
    private static double OnAllThreads(int threads, Func<int, TimeSpan> work)
    {
        var best = double.PositiveInfinity;
        using var barrier = new Barrier(threads);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var times = new TimeSpan[threads];
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
            {
                barrier.SignalAndWait();
                times[i] = work(i);
            }))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            best = Math.Min(best, times.Max().TotalSeconds);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TimeSpan Wide<T>(T one)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var half = Vector512.Create(one / (one + one));
        Vector512<T> a = half, b = half, c = half, d = half, e = half, f = half, g = half, h = half;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < MultiplyAddSteps; i++)
        {
            a = Add(a, half);
            b = Add(b, half);
            c = Add(c, half);
            d = Add(d, half);
            e = Add(e, half);
            f = Add(f, half);
            g = Add(g, half);
            h = Add(h, half);
        }

        var elapsed = watch.Elapsed;
        Keep((a + b + c + d + e + f + g + h).ToScalar());
        return elapsed;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), y.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), y.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TimeSpan Narrow<T>(T one)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var half = Vector256.Create(one / (one + one));
        Vector256<T> a = half, b = half, c = half, d = half, e = half, f = half, g = half, h = half;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < MultiplyAddSteps; i++)
        {
            a = Add(a, half);
            b = Add(b, half);
            c = Add(c, half);
            d = Add(d, half);
            e = Add(e, half);
            f = Add(f, half);
            g = Add(g, half);
            h = Add(h, half);
        }

        var elapsed = watch.Elapsed;
        Keep((a + b + c + d + e + f + g + h).ToScalar());
        return elapsed;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), y.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), y.AsDouble()).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep<T>(T value) => GC.KeepAlive(value);
}
