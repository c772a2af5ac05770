using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;
using Autograd.Benchmarks.Comparison.Workloads;

namespace Autograd.Benchmarks.Comparison;

/// <summary>This library, in this process.</summary>
internal sealed class OurSide : ISide
{
    /// <summary>Seconds without a compiled method after which no more is expected: the runtime waits a few tenths of a second before it optimizes what runs often.</summary>
    private const double QuietSeconds = 0.6;

    private Workload? current;
    private long compiledMethods;
    private long lastCompiled;

    public string Name => $"Autograd on {RuntimeInformation.FrameworkDescription}";

    public bool IsSettled => Stopwatch.GetElapsedTime(lastCompiled).TotalSeconds >= QuietSeconds;

    public IReadOnlyList<Checksum> Check(WorkloadDescription workload, int steps)
    {
        var checkedWorkload = workload.Create(isCheck: true);
        checkedWorkload.Setup();
        for (var i = 0; i < steps; i++)
        {
            checkedWorkload.Step();
        }

        using var unrecorded = Grad.Disabled();
        return [.. checkedWorkload.Results().Select(result => Checksum.Of(result.Name, result.Value))];
    }

    public void Prepare(WorkloadDescription workload)
    {
        current = null;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        current = workload.Create(isCheck: false);
        current.Setup();
    }

    public double Time(int steps)
    {
        var workload = current ?? throw new InvalidOperationException("Prepare comes first.");
        workload.Reset();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < steps; i++)
        {
            workload.Step();
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (JitInfo.GetCompiledMethodCount() is var count && count != compiledMethods)
        {
            (compiledMethods, lastCompiled) = (count, Stopwatch.GetTimestamp());
        }

        return seconds;
    }
}
