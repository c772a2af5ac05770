using System.Text.RegularExpressions;
using Autograd.Tests.Documentation;

namespace Autograd.Tests.Operations;

/// <summary>What the source says about operations: where each public method stands, what its docstring says, and which operations of the tape there are.</summary>
internal sealed partial class OperationSource
{
    private static readonly string[] Folders = ["Autograd.Core", "Autograd.NN/Losses", "Autograd.NN/Regularization"];

    private readonly Dictionary<string, (string File, string Summary)> methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> primitives = new(StringComparer.Ordinal);

    public OperationSource()
    {
        foreach (var file in Folders.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            if (!file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            {
                Read(file);
            }
        }
    }

    /// <summary>The file of a method, relative to the repository, and the longest summary of its overloads.</summary>
    public (string File, string Summary) Method(string name) => methods[name];

    /// <summary>The summary of the operation of that name on the tape; null where the method is a formula of others.</summary>
    public string? Primitive(string name) => primitives.GetValueOrDefault(name.Replace("Linalg.", string.Empty, StringComparison.Ordinal) switch
    {
        "SlogDet" => "LogAbsDet",
        "To" => "Cast",
        "ArgMax" or "ArgMin" => "ArgExtreme",
        var plain => plain,
    });

    private void Read(string path)
    {
        var prefix = string.Empty;
        var file = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
        var (summary, isOpen) = (string.Empty, false);
        foreach (var line in File.ReadLines(path))
        {
            if (Summary().Match(line) is { Success: true } doc)
            {
                (summary, isOpen) = (Plain(doc.Groups[1].Value), doc.Groups[2].Length == 0);
            }
            else if (isOpen && line.TrimStart().StartsWith("/// ", StringComparison.Ordinal))
            {
                (summary, isOpen) = ($"{summary} {Plain(line.TrimStart()[4..])}", !line.Contains("</summary>", StringComparison.Ordinal));
            }
            else if (Static().Match(line) is { Success: true } type)
            {
                prefix = $"{type.Groups[1].Value}.";
            }
            else if (Method().Match(line) is { Success: true } method && summary.Length > 0)
            {
                var name = prefix + method.Groups[1].Value;
                if (!methods.TryGetValue(name, out var known) || known.Summary.Length < summary.Length)
                {
                    methods[name] = (file, summary);
                }

                summary = string.Empty;
            }
            else if (Class().Match(line) is { Success: true } operation)
            {
                primitives[operation.Groups[1].Value] = summary;
                summary = string.Empty;
            }
        }
    }

    // Text without the tags of docstrings: what they refer to, in words.
    private static string Plain(string xml) => System.Net.WebUtility.HtmlDecode(Tag().Replace(Reference().Replace(xml, match => match.Groups[1].Value.Split('(')[0].Split('.')[^1]), string.Empty)).Trim();

    [GeneratedRegex(@"^\s*/// <summary>(.*?)(</summary>|$)")]
    private static partial Regex Summary();

    [GeneratedRegex(@"^    public (?:static )?(?:Tensor(?:\[\])?|\(Tensor[^)]*\)) (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"^public static (?:partial )?class (Linalg|Loss)\b")]
    private static partial Regex Static();

    [GeneratedRegex(@"^internal sealed class (\w+)Op\b")]
    private static partial Regex Class();

    [GeneratedRegex("<(?:see cref|paramref name|see langword)=\"([^\"]*)\"\\s*/>")]
    private static partial Regex Reference();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
