using System.Globalization;
using System.Text;

namespace Autograd.Display;

/// <summary>Writes HTML and SVG: every text and every attribute is escaped, every element closed, numbers are independent of the culture.</summary>
internal sealed class Markup
{
    private readonly StringBuilder text = new();
    private readonly Stack<string> open = new();

    /// <summary>The number as it stands in attributes and styles, to a hundredth.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Text without characters that XML forbids, and without those that turn the direction of what follows: they are shown as a replacement.</summary>
    public static string Printable(string content)
    {
        var text = new StringBuilder(content.Length);
        foreach (var rune in content.EnumerateRunes())
        {
            // Halves of surrogate pairs come as the replacement already.
            var isHarmful = Rune.IsControl(rune) ? rune.Value is not '\n' and not '\t' : (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
            text.Append(isHarmful ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return text.ToString();
    }

    /// <summary>Text in which nothing is read as markup.</summary>
    public static string Escape(string content) => Printable(content)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>Begins an element.</summary>
    /// <param name="element">Its name.</param>
    /// <param name="attributes">Names with texts or numbers; an attribute whose value is null is left out.</param>
    public Markup Open(string element, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Begin(element, attributes);
        text.Append('>');
        open.Push(element);
        return this;
    }

    /// <summary>Ends the innermost open element.</summary>
    public Markup Close()
    {
        text.Append("</").Append(open.Pop()).Append('>');
        return this;
    }

    /// <summary>An element with nothing inside.</summary>
    public Markup Empty(string element, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Begin(element, attributes);
        text.Append("/>");
        return this;
    }

    /// <summary>An element with a text inside.</summary>
    public Markup Add(string element, string content, params ReadOnlySpan<(string Name, object? Value)> attributes) => Open(element, attributes).Text(content).Close();

    /// <summary>Text.</summary>
    public Markup Text(string content)
    {
        text.Append(Escape(content));
        return this;
    }

    /// <summary>A style sheet of our own: constants, never anything that comes from outside.</summary>
    public Markup Style(string rules)
    {
        text.Append("<style>").Append(rules).Append("</style>");
        return this;
    }

    /// <summary>What has been written.</summary>
    public override string ToString() => open.Count == 0
        ? text.ToString()
        : throw new InvalidOperationException($"The element <{open.Peek()}> was not closed.");

    private void Begin(string element, ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        text.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                var content = value is string words ? Escape(words) : Number(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                text.Append(' ').Append(name).Append("=\"").Append(content).Append('"');
            }
        }
    }
}
