using Autograd.Tests.Documentation;

namespace Autograd.Tests.Operations;

/// <summary>The page of operations is what the library is.</summary>
internal sealed class OperationPageTests
{
    private const string Page = "docs/operations.md";

    [Test]
    public void The_page_of_operations_is_current()
    {
        var written = OperationPage.Write();
        if (Environment.GetEnvironmentVariable("AUTOGRAD_RENEW") == "1")
        {
            File.WriteAllText(Repository.PathOf(Page), written);
        }

        Assert.That(File.Exists(Repository.PathOf(Page)) ? File.ReadAllText(Repository.PathOf(Page)).ReplaceLineEndings("\n") : string.Empty, Is.EqualTo(written), $"{Page} is not current; AUTOGRAD_RENEW=1 renews it.");
    }

    [Test]
    public void Every_operation_has_a_summary_and_a_row()
    {
        var rows = OperationPage.Write().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        Assert.That(rows, Has.Length.EqualTo(OperationSamples.All.Length));
        foreach (var row in rows)
        {
            var cells = row.Replace("\\|", string.Empty, StringComparison.Ordinal).Split('|')[1..^1];
            Assert.That(cells, Has.Length.EqualTo(8).And.None.Matches<string>(string.IsNullOrWhiteSpace), row);
        }
    }
}
