namespace Autograd.Benchmarks.Comparison;

/// <summary>Checks and times workloads on both sides.</summary>
/// <param name="ours">This library.</param>
/// <param name="peer">The other one, if there is one.</param>
/// <param name="rounds">How often each side is timed.</param>
/// <param name="progress">Where to say how far it is.</param>
internal sealed class ComparisonRun(ISide ours, ISide? peer, int rounds, TextWriter progress)
{
    /// <summary>The steps after which results are compared: enough for state to matter.</summary>
    private const int CheckedSteps = 3;

    private const double RoundSeconds = 0.05;
    private const double WarmUpSeconds = 1;
    private const double LongestWarmUpSeconds = 10;

    /// <summary>The wait between measurements, in milliseconds: threads of the side that has just been measured still spin, waiting for more to do (those of OpenMP for 10 to 12).</summary>
    private const int Rest = 25;

    /// <summary>The two sides.</summary>
    public string Sides => peer is null ? ours.Name : $"{ours.Name}, {peer.Name}";

    /// <summary>Compares the results of all workloads.</summary>
    /// <returns>Whether all agree.</returns>
    public bool Check(IReadOnlyList<WorkloadDescription> workloads)
    {
        progress.WriteLine(peer is null ? $"{Sides}: results are finite and the same each time" : $"{Sides}: results agree");
        var (failed, left) = (0, 0);
        foreach (var workload in workloads)
        {
            var (error, remark) = CheckOne(workload);
            failed += error is null ? 0 : 1;
            left += remark is null ? 0 : 1;
            progress.WriteLine($"{(error is not null ? "FAILED" : remark is not null ? "  none" : "    ok")}  {workload}{(error ?? remark) switch { null => "", var why => $"\n        {why}" }}");
        }

        progress.WriteLine($"{workloads.Count - failed - left} ok, {failed} failed, {left} that the peer cannot do");
        return failed == 0;
    }

    /// <summary>Compares results, then times both sides in turn.</summary>
    public ComparisonRow Measure(WorkloadDescription workload, MachinePeaks peaks)
    {
        progress.Write($"{workload} … ");
        var limit = peaks.Limit(workload.Cost, workload.DType);
        ComparisonRow row = new(workload.Name, workload.Family, double.NaN, double.NaN, limit);
        try
        {
            var (error, remark) = CheckOne(workload);
            var times = error is null ? Time(workload, remark is null ? peer : null) : (Ours: double.NaN, Peer: double.NaN);
            row = row with { Ours = times.Ours, Peer = times.Peer, Error = error, Remark = remark };
        }
        catch (PeerException exception)
        {
            row = row with { Error = exception.Message };
        }

        progress.WriteLine(row.Error ?? FormattableString.Invariant($"{MarkdownReport.Duration(row.Ours)}, {MarkdownReport.Duration(row.Peer)}, {row.Ratio:0.00}"));
        return row;
    }

    private (string? Error, string? Remark) CheckOne(WorkloadDescription workload)
    {
        try
        {
            var here = ours.Check(workload, CheckedSteps);
            if (here.FirstOrDefault(result => !result.IsFinite) is { } infinite)
            {
                return ($"{infinite.Name} is not finite", null);
            }

            if (peer is null)
            {
                return (here.SequenceEqual(ours.Check(workload, CheckedSteps)) ? null : "another run gives another result", null);
            }

            var there = peer.Check(workload, CheckedSteps);
            return (here.Count != there.Count
                ? $"{here.Count} results here, {there.Count} there"
                : here.Zip(there, (a, b) => a.DifferenceFrom(b, workload.Tolerance)).FirstOrDefault(difference => difference is not null), null);
        }
        catch (UnsupportedWorkloadException missing)
        {
            return (null, missing.Message);
        }
        catch (PeerException failure)
        {
            return (failure.Message, null);
        }
    }

    private (double Ours, double Peer) Time(WorkloadDescription workload, ISide? other)
    {
        ISide[] sides = other is null ? [ours] : [ours, other];
        var steps = Array.ConvertAll(sides, side => Prepare(side, workload));
        var times = Array.ConvertAll(sides, _ => new List<double>(rounds));
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < sides.Length; i++)
            {
                Thread.Sleep(Rest);
                times[i].Add(sides[i].Time(steps[i]) / steps[i]);
            }
        }

        return (Statistics.Median(times[0]), other is null ? double.NaN : Statistics.Median(times[1]));
    }

    /// <summary>Warms a side up until it gets no faster any more and nothing is compiled any more, and finds how many steps fill a round.</summary>
    private static int Prepare(ISide side, WorkloadDescription workload)
    {
        side.Prepare(workload);
        var (steps, spent, best, stale) = (1, 0.0, double.PositiveInfinity, 0);
        while (true)
        {
            var seconds = side.Time(steps);
            spent += seconds;
            stale = seconds / steps < 0.97 * best ? 0 : stale + 1;
            best = Math.Min(best, seconds / steps);
            var enough = seconds >= RoundSeconds;
            if (enough && ((spent >= WarmUpSeconds && stale >= 3 && side.IsSettled) || spent >= LongestWarmUpSeconds))
            {
                return Math.Max(1, (int)Math.Ceiling(RoundSeconds * 1.2 / best));
            }

            if (!enough)
            {
                steps = Math.Max(steps + 1, (int)Math.Min(10.0 * steps, steps * 1.3 * RoundSeconds / Math.Max(seconds, 1e-9)));
            }
        }
    }
}
