using System.Text.RegularExpressions;

namespace Autograd.Tests.Generators;

/// <summary>A lambda and its own source text, so that what runs and what is printed are one.</summary>
/// <param name="Text">The lambda as it is written.</param>
internal sealed partial record Formula(string Text)
{
    /// <summary>The body with arguments in place of the parameters.</summary>
    /// <param name="arguments">For each parameter its one argument; or, for a parameter that is a list, the elements, which the body indexes.</param>
    public string Write(params object[] arguments)
    {
        var lambda = Lambda().Match(Text);
        var parameters = lambda.Groups["parameters"].Value.Split(", ");
        return Name().Replace(lambda.Groups["body"].Value, name => Array.IndexOf(parameters, name.Groups["name"].Value) switch
        {
            < 0 => name.Value,
            var i when arguments[i] is string[] list => name.Groups["index"] is { Success: true, ValueSpan: var index }
                ? list[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)]
                : $"[{string.Join(", ", list)}]",
            var i => arguments[i] + name.Value[name.Groups["name"].Length..],
        });
    }

    [GeneratedRegex(@"^\(?(?<parameters>[\w, ]+?)\)? => (?<body>.*)$")]
    private static partial Regex Lambda();

    // A name that is no member (x.n) and not the name of an argument (n: 1).
    [GeneratedRegex(@"(?<![\w.])(?<name>[a-z]\w*)(?!\w|:)(\[(?<index>\d+)\])?", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
