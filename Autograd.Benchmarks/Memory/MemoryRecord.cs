using System.Diagnostics;

namespace Autograd.Benchmarks.Memory;

/// <summary>What was seen of a scenario: the working set over its steps, and what the garbage collector cost.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Steps">The steps taken.</param>
/// <param name="Seconds">The time they took.</param>
/// <param name="CollectionSeconds">Of which the program stood still for garbage collections.</param>
/// <param name="BytesPerStep">What a step allocated on the garbage-collected heap, in the second half.</param>
/// <param name="WorkingSet">The working set in bytes, at equal distances from the first step to the last.</param>
internal sealed record MemoryRecord(Scenario Scenario, int Steps, double Seconds, double CollectionSeconds, double BytesPerStep, IReadOnlyList<long> WorkingSet)
{
    private const int Samples = 200;

    /// <summary>The largest working set.</summary>
    public long Peak => WorkingSet.Max();

    /// <summary>Runs a scenario and watches it.</summary>
    public static MemoryRecord Of(Scenario scenario, int steps, TextWriter progress)
    {
        var step = scenario.Start();
        var samples = new List<long>(Samples + 1) { Environment.WorkingSet };
        var (start, pause) = (Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());
        var (half, allocated) = (steps / 2, 0L);
        for (var i = 0; i < steps; i++)
        {
            allocated = i == half ? GC.GetTotalAllocatedBytes(precise: true) : allocated;
            step();
            if ((i + 1L) * Samples / steps != (long)i * Samples / steps)
            {
                samples.Add(Environment.WorkingSet);
                progress.Write($"\r{scenario.Name}: step {i + 1} of {steps}, {samples[^1] >> 20} MB ");
            }
        }

        progress.WriteLine();
        return new(
            scenario, steps, Stopwatch.GetElapsedTime(start).TotalSeconds, (GC.GetTotalPauseDuration() - pause).TotalSeconds,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)Math.Max(1, steps - half), samples);
    }
}
