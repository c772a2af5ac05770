using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Autograd.Tests.Documentation;

/// <summary>A piece of C# in the documentation.</summary>
/// <param name="Source">The file it stands in, or the member whose docstring it is.</param>
/// <param name="Line">The line of the file; 0 for a docstring.</param>
/// <param name="Code">The code.</param>
/// <param name="Output">What the page says that it prints; null if it does not say.</param>
internal sealed partial record CodeBlock(string Source, int Line, string Code, string? Output)
{
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}";

    /// <summary>The C# blocks of a Markdown page, in order. A block marked <c>text</c> right behind one is its output.</summary>
    public static IEnumerable<CodeBlock> Of(string markdownFile)
    {
        var text = File.ReadAllText(markdownFile).ReplaceLineEndings("\n");
        foreach (Match match in Fence().Matches(text))
        {
            var line = text.AsSpan(0, match.Index).Count('\n') + 1;
            yield return new(Path.GetFileName(markdownFile), line, match.Groups["code"].Value, match.Groups["output"] is { Success: true } output ? output.Value : null);
        }
    }

    /// <summary>The examples of the docstrings of an assembly.</summary>
    public static IEnumerable<CodeBlock> OfDocstrings(string xmlFile)
        => from member in XDocument.Load(xmlFile).Descendants("member")
           from code in member.Descendants("example").Descendants("code")
           select new CodeBlock((string)member.Attribute("name")!, 0, code.Value, null);

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```\n(?:\n?```text\n(?<output>.*?)^```\n)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
