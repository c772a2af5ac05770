using System.Globalization;
using Autograd.Display;

namespace Autograd;

[TypeFormatterSource(typeof(DisplayFormatters))]
public sealed partial class GradCheckReport : IDisplayed
{
    private const int RowsDisplayed = 24;

    /// <summary>The report as a piece of HTML, for notebooks and web pages: no script, light and dark, everything from outside escaped.</summary>
    /// <param name="rows">How many comparisons to show, the worst ones.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is negative.</exception>
    public string ToHtml(int rows = RowsDisplayed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return Displays.Html(page => Show(page, rows));
    }

    /// <inheritdoc/>
    void IDisplayed.Show(Markup page) => Show(page, RowsDisplayed);

    private void Show(Markup page, int rows)
    {
        page.Open("div").Add("span", IsCorrect ? "✓ " : "✗ ", ("class", IsCorrect ? "good" : "bad")).Add("span", Summary(), ("class", "autograd-head")).Close();
        page.Open("table").Open("tr");
        foreach (var title in Heading)
        {
            page.Add("th", title);
        }

        page.Close();
        foreach (var entry in Entries.Take(rows))
        {
            page.Open("tr", ("style", Colour(entry)));
            foreach (var cell in Row(entry))
            {
                page.Add("td", cell.Trim());
            }

            page.Close();
        }

        page.Close();
        if (Entries.Count > rows)
        {
            page.Add("div", string.Create(CultureInfo.InvariantCulture, $"… and {Entries.Count - rows} smaller errors"), ("class", "dim"));
        }

        if (Location is not null)
        {
            page.Add("pre", Location.ToString());
        }
    }

    // See-through, so that it is light on light pages and dark on dark ones.
    private static string? Colour(GradCheckEntry entry) => entry.Verdict switch
    {
        GradCheckVerdict.Wrong => "background:rgba(229,72,77,0.2)",
        GradCheckVerdict.Inconclusive => "background:rgba(232,163,10,0.2)",
        GradCheckVerdict.Agrees => null,
        _ => "background:rgba(59,130,246,0.2)",
    };
}
