using System.Diagnostics;

namespace Autograd.GradientChecking;

/// <summary>The work of a check: how much of it is done, and whether there is time for more.</summary>
internal sealed class Budget(long total, GradCheckOptions options)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long reported;

    public bool IsLimited => options.TimeBudget is not null;

    public long Done { get; private set; }

    public long Total { get; } = total;

    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>Begins one more derivative, if there is time.</summary>
    public bool Spend()
    {
        if (options.TimeBudget is { } most && clock.Elapsed >= most)
        {
            return false;
        }

        Done++;
        if (options.Progress is { } progress && (Done == Total || (Done - reported) * 100 >= Total))
        {
            reported = Done;
            progress.Report((double)Done / Total);
        }

        return true;
    }
}
