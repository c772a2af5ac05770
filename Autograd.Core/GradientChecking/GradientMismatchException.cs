namespace Autograd;

/// <summary>A gradient check that failed; the message is the report's table, and where the mistake is.</summary>
/// <param name="report">What was found.</param>
public sealed class GradientMismatchException(GradCheckReport report) : Exception(report?.ToString())
{
    /// <summary>All comparisons.</summary>
    public GradCheckReport Report { get; } = report!;
}
