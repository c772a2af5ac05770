namespace Autograd;

/// <summary>What a gradient check found: every derivative it compared, the worst first.</summary>
public sealed partial class GradCheckReport
{
    internal GradCheckReport(IEnumerable<GradCheckEntry> entries, ulong seed)
    {
        Entries = [.. entries.OrderBy(entry => entry.IsCorrect).ThenByDescending(entry => entry.Error / entry.Tolerance)];
        Seed = seed;
    }

    /// <summary>All comparisons: those that disagree first, and the worst of them (by error in units of the tolerance) before the others.</summary>
    public IReadOnlyList<GradCheckEntry> Entries { get; }

    /// <summary>The seed of everything random in the check, to repeat it with.</summary>
    public ulong Seed { get; }

    /// <summary>Whether nothing that was compared speaks against the gradient.</summary>
    public bool IsCorrect => Failures == 0;

    /// <summary>The number of derivatives that disagree.</summary>
    public int Failures => Entries.Count(entry => !entry.IsCorrect);

    /// <summary>Whether there was time for everything (<see cref="GradCheckOptions.TimeBudget"/>).</summary>
    public bool IsComplete => Done >= Planned;

    /// <summary>How many lines of comparison were planned: elements, or random directions.</summary>
    public long Planned { get; internal init; }

    /// <summary>How many of them there was time for.</summary>
    public long Done { get; internal init; }

    /// <summary>How long the comparison took.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>How often the point was moved, away from kinks and jumps (<see cref="GradCheckOptions.Resamples"/>).</summary>
    public int Resamples { get; internal init; }

    /// <summary>Where the mistake is; null if there is none, or if it was not looked for.</summary>
    public GradCheckLocation? Location { get; internal set; }

    /// <summary>The number of derivatives of which the check makes this.</summary>
    /// <param name="verdict">What it makes of them.</param>
    public int Count(GradCheckVerdict verdict) => Entries.Count(entry => entry.Verdict == verdict);
}
