using System.Collections.Concurrent;

namespace Autograd.Tests.Golden;

/// <summary>What became of a case.</summary>
/// <param name="Golden">The case.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Text">What differs, or what is missing.</param>
internal sealed record Outcome(GoldenCase Golden, Verdict Verdict, string Text)
{
    private static readonly ConcurrentDictionary<GoldenCase, Outcome> Known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The outcome of a case, which runs once only.</summary>
    public static Outcome Of(GoldenCase golden) => Known.GetOrAdd(golden, Judge);

    private static Outcome Judge(GoldenCase golden)
    {
        if (OperationTable.Find(golden) is not { } operation)
        {
            return new(golden, Verdict.NotYetSupported, golden.Key);
        }

        try
        {
            return Judge(golden, CaseRun.Run(golden, operation), KnownDifferences.Find(golden));
        }
        catch (NotYetSupportedException exception)
        {
            return new(golden, Verdict.NotYetSupported, $"{golden.Key} ({exception.Message})");
        }
    }

    /// <summary>Sets what differs against what is listed.</summary>
    public static Outcome Judge(GoldenCase golden, IReadOnlyList<Mismatch> mismatches, KnownDifference? known)
    {
        var differing = mismatches.Aggregate(Quantity.None, (all, mismatch) => all | mismatch.Quantity);
        var listed = known?.Quantities ?? Quantity.None;
        if (differing == listed)
        {
            return new(golden, listed == Quantity.None ? Verdict.Passed : Verdict.Listed, known?.Reason ?? string.Empty);
        }

        List<string> lines = [$"{golden.Name} [{string.Join(", ", golden.Tags)}] differs from the reference data:"];
        lines.AddRange(mismatches.Where(mismatch => !listed.HasFlag(mismatch.Quantity)).Select(mismatch => mismatch.Text));
        if ((listed & ~differing) is not Quantity.None and var agreeing)
        {
            lines.Add($"{agreeing} is listed in {nameof(KnownDifferences)}, but agrees: remove it there.");
        }

        return new(golden, Verdict.Failed, string.Join("\n    ", lines));
    }
}

/// <summary>What can become of a case.</summary>
internal enum Verdict
{
    Passed,
    Failed,
    Listed,
    NotYetSupported,
}
