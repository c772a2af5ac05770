using System.Globalization;
using Autograd.Display;

namespace Autograd;

[TypeFormatterSource(typeof(DisplayFormatters))]
public sealed partial class GradCheckReport : IDisplayed
{
    private const int RowsDisplayed = 24;

    /// <inheritdoc/>
    void IDisplayed.Show(Markup page)
    {
        page.Open("div").Add("span", IsCorrect ? "✓ " : "✗ ", ("class", IsCorrect ? "good" : "bad")).Add("span", ToString().Split('\n')[0], ("class", "autograd-head")).Close();
        page.Open("table").Open("tr");
        foreach (var title in (ReadOnlySpan<string>)["order", "input", "index", "analytic", "numeric", "error", "allowed"])
        {
            page.Add("th", title, ("class", title is "input" or "index" ? "word" : null));
        }

        page.Close();
        foreach (var entry in Entries.Take(RowsDisplayed))
        {
            page.Open("tr", ("style", entry.IsCorrect ? null : "background:rgba(229,72,77,0.2)"))
                .Add("td", entry.Order.ToString(CultureInfo.InvariantCulture))
                .Add("td", entry.Input, ("class", "word"))
                .Add("td", Shape.Describe([.. entry.Index]), ("class", "word"))
                .Add("td", entry.Analytic.ToString("G10", CultureInfo.InvariantCulture))
                .Add("td", entry.Numeric.ToString("G10", CultureInfo.InvariantCulture))
                .Add("td", entry.Error.ToString("0.0e+00", CultureInfo.InvariantCulture), ("class", entry.IsCorrect ? null : "bad"))
                .Add("td", entry.Tolerance.ToString("0.0e+00", CultureInfo.InvariantCulture))
                .Close();
        }

        page.Close();
        if (Entries.Count > RowsDisplayed)
        {
            page.Add("div", string.Create(CultureInfo.InvariantCulture, $"… and {Entries.Count - RowsDisplayed} smaller errors"), ("class", "dim"));
        }
    }
}
