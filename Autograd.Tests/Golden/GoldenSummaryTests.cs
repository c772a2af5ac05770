namespace Autograd.Tests.Golden;

/// <summary>The account of all reference cases: none is lost, and those of supported operations really run.</summary>
[Category("Golden")]
internal sealed class GoldenSummaryTests
{
    private const int ShippedCases = 1425;

    [Test]
    public void EveryCaseIsAccountedFor()
    {
        Outcome[] outcomes = [.. GoldenFiles.Cases.Select(Outcome.Of)];
        TestContext.Out.WriteLine($"{"family",-22}{"cases",6}{"passed",8}{"failed",8}{"listed",8}{"not yet",9}");
        foreach (var family in outcomes.GroupBy(outcome => outcome.Golden.Family, StringComparer.Ordinal))
        {
            WriteLine(family.Key, [.. family]);
        }

        WriteLine("all", outcomes);
        TestContext.Out.WriteLine($"of other formats, which have tests of their own: {string.Join(", ", GoldenFiles.OtherFamilies)}");
        var pending = GoldenFiles.Cases.Count(golden => SupportedFloor.Pending.Contains(golden.Key));
        Assert.That(SupportedFloor.Pending.Intersect(OperationTable.Names, StringComparer.Ordinal), Is.Empty, $"These have a row now: remove them from {nameof(SupportedFloor)}.{nameof(SupportedFloor.Pending)}.");
        Assert.That(Count(outcomes, Verdict.Passed) + Count(outcomes, Verdict.Failed) + Count(outcomes, Verdict.Listed) + pending, GoldenFiles.AreShipped ? Is.EqualTo(GoldenFiles.Cases.Length) : Is.LessThanOrEqualTo(GoldenFiles.Cases.Length));
        Assert.That(GoldenFiles.Cases, Is.Not.Empty);
        if (GoldenFiles.AreShipped)
        {
            Assert.That(GoldenFiles.Cases, Has.Length.EqualTo(ShippedCases));
        }
    }

    [Test]
    public void CasesOfSupportedOperationsRun()
    {
        var present = GoldenFiles.Cases.ToLookup(golden => golden.Key, StringComparer.Ordinal);
        foreach (var name in SupportedFloor.Names)
        {
            Assert.That(OperationTable.Names, Does.Contain(name), "An operation that was supported is no longer in the table.");
            Assert.That(
                !present.Contains(name) || present[name].Any(golden => Outcome.Of(golden).Verdict != Verdict.NotYetSupported),
                $"No case of {name} ran.");
        }

        if (GoldenFiles.AreShipped)
        {
            Assert.That(OperationTable.Names.Where(name => !present.Contains(name)), Is.Empty, "A row of the table names no operation of the data.");
            Assert.That(KnownDifferences.Names.Except(GoldenFiles.Cases.Select(golden => golden.Name), StringComparer.Ordinal), Is.Empty, "A known difference names no case.");
        }
    }

    private static void WriteLine(string title, Outcome[] outcomes)
    {
        TestContext.Out.WriteLine(
            $"{title,-22}{outcomes.Length,6}{Count(outcomes, Verdict.Passed),8}{Count(outcomes, Verdict.Failed),8}{Count(outcomes, Verdict.Listed),8}{Count(outcomes, Verdict.NotYetSupported),9}");
        if (title != "all" && outcomes.Any(outcome => outcome.Verdict == Verdict.NotYetSupported))
        {
            TestContext.Out.WriteLine($"    not yet: {string.Join(", ", outcomes.Where(outcome => outcome.Verdict == Verdict.NotYetSupported).Select(outcome => outcome.Text).Distinct(StringComparer.Ordinal))}");
        }
    }

    private static int Count(Outcome[] outcomes, Verdict verdict) => outcomes.Count(outcome => outcome.Verdict == verdict);
}
