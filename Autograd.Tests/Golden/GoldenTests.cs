namespace Autograd.Tests.Golden;

/// <summary>Every operation against reference data: outputs, gradients and second gradients.</summary>
[Category("Golden")]
internal sealed class GoldenTests
{
    private static IEnumerable<TestCaseData> Cases
        => GoldenFiles.Cases.Where(golden => !SupportedFloor.Pending.Contains(golden.Key)).Select(golden => new TestCaseData(golden).SetName(golden.Name));

    [TestCaseSource(nameof(Cases))]
    public void Agrees(object goldenCase)
    {
        var outcome = Outcome.Of((GoldenCase)goldenCase);
        switch (outcome.Verdict)
        {
            case Verdict.Failed:
                Assert.Fail(outcome.Text);
                break;
            case Verdict.Listed:
                TestContext.Out.WriteLine($"Differs on purpose: {outcome.Text}");
                break;
            case Verdict.NotYetSupported:
                Assert.Ignore(outcome.Text);
                break;
            default:
                break;
        }
    }
}
