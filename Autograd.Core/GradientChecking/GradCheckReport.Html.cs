using System.Net;
using System.Text;

namespace Autograd;

public sealed partial class GradCheckReport
{
    private const string Style =
        """
        <style>
        .autograd-check { font: 13px system-ui, sans-serif; color-scheme: light dark; }
        .autograd-check table { border-collapse: collapse; font: 12px ui-monospace, monospace; }
        .autograd-check th, .autograd-check td { padding: 2px 8px; text-align: right; border-bottom: 1px solid light-dark(#ddd, #444); }
        .autograd-check .wrong td { background: light-dark(#fde0e0, #5a1f1f); }
        .autograd-check .doubtful td { background: light-dark(#fff3d6, #574615); }
        .autograd-check .kink td { background: light-dark(#e3edfb, #1f3a5a); }
        .autograd-check pre { white-space: pre-wrap; }
        </style>
        """;

    /// <summary>The report as a piece of HTML, for notebooks and web pages: no script, light and dark, everything from outside escaped.</summary>
    /// <param name="rows">How many comparisons to show, the worst ones.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is negative.</exception>
    public string ToHtml(int rows = 24)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        var html = new StringBuilder("<div class=\"autograd-check\">").Append(Style);
        html.Append("<p><b>").Append(IsCorrect ? "✓ " : "✗ ").Append(WebUtility.HtmlEncode(Summary())).Append("</b></p><table><thead>");
        AppendRow(html, Heading, "th", string.Empty);
        html.Append("</thead><tbody>");
        foreach (var entry in Entries.Take(rows))
        {
            AppendRow(html, Row(entry), "td", entry.Verdict switch
            {
                GradCheckVerdict.Wrong => "wrong",
                GradCheckVerdict.Inconclusive => "doubtful",
                GradCheckVerdict.Agrees => string.Empty,
                _ => "kink",
            });
        }

        html.Append("</tbody></table>");
        if (Entries.Count > rows)
        {
            html.Append("<p>… and ").Append(Entries.Count - rows).Append(" smaller errors</p>");
        }

        if (Location is not null)
        {
            html.Append("<pre>").Append(WebUtility.HtmlEncode(Location.ToString())).Append("</pre>");
        }

        return html.Append("</div>").ToString();
    }

    private static void AppendRow(StringBuilder html, string[] cells, string tag, string kind)
    {
        html.Append(kind.Length == 0 ? "<tr>" : $"<tr class=\"{kind}\">");
        foreach (var cell in cells)
        {
            html.Append('<').Append(tag).Append('>').Append(WebUtility.HtmlEncode(cell.Trim())).Append("</").Append(tag).Append('>');
        }

        html.Append("</tr>");
    }
}
