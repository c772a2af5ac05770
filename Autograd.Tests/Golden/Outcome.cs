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

    private static Outcome Judge(GoldenCase golden) => Judge(golden, OperationTable.Find(golden), GoldenFiles.AreShipped);

    /// <summary>Runs a case.</summary>
    public static Outcome Judge(GoldenCase golden, Func<Arguments, Results>? operation, bool shipped)
    {
        if (operation is null)
        {
            return SupportedFloor.Pending.Contains(golden.Key)
                ? new(golden, Verdict.NotYetSupported, golden.Key)
                : new(golden, Verdict.Failed, $"{golden.Name}: no row of {nameof(OperationTable)} says how the operation '{golden.Key}' is written with the library.");
        }

        try
        {
            return Judge(golden, CaseRun.Run(golden, operation), KnownDifferences.Find(golden), shipped);
        }
        catch (NotYetSupportedException exception)
        {
            return new(golden, shipped ? Verdict.Failed : Verdict.NotYetSupported, $"{golden.Key} ({exception.Message})");
        }
    }

    /// <summary>Sets what differs against what is listed; for data that do not come with the tests, against the kinds of what is listed.</summary>
    public static Outcome Judge(GoldenCase golden, IReadOnlyList<Mismatch> mismatches, IReadOnlyList<KnownDifference> known, bool shipped = true)
    {
        if (!shipped)
        {
            var reasons = mismatches.Select(mismatch => ForeignDifferences.Explain(golden, mismatch.Quantity)).ToArray();
            return reasons.Contains(null) ? Failed(golden, mismatches.Select(mismatch => mismatch.Text))
                : new(golden, reasons.Length > 0 ? Verdict.Listed : Verdict.Passed, string.Join(" ", reasons.Distinct(StringComparer.Ordinal)));
        }

        List<string> lines = [];
        foreach (var quantity in Enum.GetValues<Quantity>())
        {
            Mismatch[] differing = [.. mismatches.Where(mismatch => mismatch.Quantity == quantity)];
            var (elements, listed) = (differing.Sum(mismatch => mismatch.Elements), known.SingleOrDefault(entry => entry.Quantity == quantity)?.Elements ?? 0);
            if (elements == listed)
            {
                continue;
            }

            lines.AddRange(differing.Select(mismatch => mismatch.Text));
            if (listed > 0)
            {
                lines.Add($"{quantity}: {elements} elements differ, but {listed} are listed in {nameof(KnownDifferences)}.");
            }
        }

        return lines.Count > 0 ? Failed(golden, lines)
            : new(golden, known.Count > 0 ? Verdict.Listed : Verdict.Passed, string.Join(" ", known.Select(entry => entry.Reason).Distinct(StringComparer.Ordinal)));
    }

    private static Outcome Failed(GoldenCase golden, IEnumerable<string> lines)
        => new(golden, Verdict.Failed, $"{golden.Name} [{string.Join(", ", golden.Tags)}] differs from the reference data:\n    {string.Join("\n    ", lines)}");
}

/// <summary>What can become of a case.</summary>
internal enum Verdict
{
    Passed,
    Failed,
    Listed,
    NotYetSupported,
}
