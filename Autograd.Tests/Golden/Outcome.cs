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
    public static Outcome Judge(GoldenCase golden, IReadOnlyList<Mismatch> mismatches, IReadOnlyList<KnownDifference> known)
    {
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

        if (lines.Count > 0 && known.Count == 0 && !GoldenFiles.AreShipped && mismatches.All(mismatch => ForeignDifferences.Explains(golden, mismatch.Quantity)))
        {
            return new(golden, Verdict.Listed, $"of a kind that is listed, or scored separately: {string.Join(' ', lines)}");
        }

        return lines.Count > 0
            ? new(golden, Verdict.Failed, $"{golden.Name} [{string.Join(", ", golden.Tags)}] differs from the reference data:\n    {string.Join("\n    ", lines)}")
            : new(golden, known.Count > 0 ? Verdict.Listed : Verdict.Passed, string.Join(" ", known.Select(entry => entry.Reason).Distinct(StringComparer.Ordinal)));
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
