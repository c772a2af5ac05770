namespace Autograd.Benchmarks.Comparison;

/// <summary>What was found for one workload; times are seconds a step.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Family">Its family.</param>
/// <param name="Ours">Our time; NaN if there was an error.</param>
/// <param name="Peer">The peer's; NaN if there is no peer, or it cannot do this.</param>
/// <param name="Limit">The least time that this machine could take.</param>
/// <param name="Error">What went wrong, if anything did: results differ, or a side failed.</param>
/// <param name="Remark">Why a time is missing although nothing went wrong.</param>
internal sealed record ComparisonRow(string Workload, string Family, double Ours, double Peer, double Limit, string? Error = null, string? Remark = null)
{
    /// <summary>The peer's time over ours: above 1 where we are faster.</summary>
    public double Ratio => Peer / Ours;

    /// <summary>How much of what the machine can do we reach.</summary>
    public double Share => Limit / Ours;
}
