using System.Globalization;
using System.Text;
using Autograd.Display;

namespace Autograd.Tapes;

/// <summary>A picture of a tape in the languages of Graphviz and of Mermaid. Names come from users: nothing in them may end a string.</summary>
internal static class TapeText
{
    public static string Dot(TapePicture picture)
    {
        var text = new StringBuilder("digraph tape {\n  bgcolor=\"transparent\";\n  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11, fontcolor=\"#808890\"];\n  edge [color=\"#8b949e\", arrowsize=0.7];\n");
        for (var i = 0; i < picture.Boxes.Count; i++)
        {
            var box = picture.Boxes[i];
            text.Append(CultureInfo.InvariantCulture, $"  n{i} [label=\"{Quoted(box.Title)}\\n{Quoted(box.Detail)}\", color=\"{TapeSvg.ColourOf(box.Kind)}\", tooltip=\"{Quoted(box.Hint)}\"];\n");
        }

        foreach (var (from, to) in picture.Arrows)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to};\n");
        }

        return text.Append("}\n").ToString();
    }

    public static string Mermaid(TapePicture picture)
    {
        var text = new StringBuilder("flowchart TD\n");
        for (var i = 0; i < picture.Boxes.Count; i++)
        {
            var box = picture.Boxes[i];
            text.Append(CultureInfo.InvariantCulture, $"  n{i}[\"{Entities(box.Title)}<br/>{Entities(box.Detail)}\"]:::{ClassOf(box.Kind)}\n");
        }

        foreach (var (from, to) in picture.Arrows)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{from} --> n{to}\n");
        }

        foreach (var kind in picture.Boxes.Select(box => box.Kind).Distinct().Order())
        {
            text.Append(CultureInfo.InvariantCulture, $"  classDef {ClassOf(kind)} stroke:{TapeSvg.ColourOf(kind)},stroke-width:2px\n");
        }

        return text.ToString();
    }

    // "Leaf" alone is a fine name of a class, but not every word is: some end a block in Mermaid.
    private static string ClassOf(TapeBoxKind kind) => "tape" + kind;

    private static string Quoted(string content)
    {
        var quoted = new StringBuilder(content.Length);
        foreach (var character in content)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                _ when char.IsControl(character) => quoted.Append('\uFFFD'),
                _ => quoted.Append(character),
            };
        }

        return quoted.ToString();
    }

    /// <summary>Letters, digits and what is harmless; everything else as a number in the way that Mermaid writes entities.</summary>
    private static string Entities(string content)
    {
        var text = new StringBuilder(content.Length);
        foreach (var rune in Markup.Printable(content).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '_' or '-' or '(' or ')' or '+' or '·')
            {
                text.Append(rune.ToString());
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return text.ToString();
    }
}
