using System.Text.RegularExpressions;

namespace Autograd.Tests.Documentation;

/// <summary>An operation is one small file: counted, and what the page about it says.</summary>
internal sealed partial class OperationSizeTests
{
    private static int[] Lines { get; } =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("Autograd.Core/Ops"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(text => OperationOfTheTape().IsMatch(text))
            .Select(text => text.TrimEnd().Split('\n').Length)
            .Order(),
    ];

    [Test]
    public void The_page_has_the_median_number_of_lines()
    {
        var page = Repository.PathOf("docs/adding-an-operation.md");
        var current = Sentence().Replace(File.ReadAllText(page), $"The file of an operation has {Lines[Lines.Length / 2]} lines in the median");
        if (Environment.GetEnvironmentVariable("AUTOGRAD_RENEW") == "1")
        {
            File.WriteAllText(page, current);
        }

        Assert.That(Sentence().IsMatch(current));
        Assert.That(File.ReadAllText(page), Is.EqualTo(current), "The page is not current; AUTOGRAD_RENEW=1 renews it.");
    }

    [Test]
    public void No_file_of_an_operation_is_long() => Assert.That(Lines[^1], Is.LessThanOrEqualTo(200));

    [GeneratedRegex(@"The file of an operation has \d+ lines in the median")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^internal sealed class \w+Op\b", RegexOptions.Multiline)]
    private static partial Regex OperationOfTheTape();
}
