using System.Globalization;
using Autograd.Display;

namespace Autograd.Optim.Training;

/// <summary>A history as a page.</summary>
internal static class HistoryPage
{
    private const string Rules =
        ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:light-dark(#1f2328,#e6edf3);background:light-dark(#fff,#0d1117)}" +
        "figure{margin:1.5rem 0}.table{overflow-x:auto}";

    public static string Write(History history, string title)
    {
        var page = new Markup();
        page.Open("html", ("lang", "en")).Open("head");
        page.Empty("meta", ("charset", "utf-8")).Empty("meta", ("name", "viewport"), ("content", "width=device-width"));
        page.Add("title", title).Style(Rules + Theme.Page).Close();
        page.Open("body").Add("h1", title).Add("p", history.ToString());
        foreach (var note in history.Notes)
        {
            page.Add("p", note);
        }

        foreach (var chart in Charts(history))
        {
            page.Open("figure", ("class", Theme.Class));
            ((IDisplayed)chart).Show(page);
            page.Close();
        }

        Table(history, page);
        page.Close().Close();
        return "<!doctype html>\n" + page + "\n";
    }

    /// <summary>A chart for each number, with that of validation; those of one layer or parameter after another, named <c>kind/path</c>, in one chart for each kind.</summary>
    private static IEnumerable<LineChart> Charts(History history)
    {
        double[] epochs = [.. history.Select(epoch => (double)epoch.Epoch)];
        var columns = history.Columns.Where(column => column != "seconds").ToArray();
        foreach (var group in columns.GroupBy(Kind, StringComparer.Ordinal))
        {
            var values = group.SelectMany(column => history[column]).Where(double.IsFinite).ToArray();
            var isWide = values.Length > 0 && values.Min() > 0 && values.Max() > 20 * values.Min();
            var chart = new LineChart(group.Key.Replace('_', ' ')) { XLabel = "epoch", IsLogarithmic = isWide, Height = 260 };
            foreach (var column in group)
            {
                var name = column.Contains('/', StringComparison.Ordinal) ? column[(column.IndexOf('/', StringComparison.Ordinal) + 1)..]
                    : column.StartsWith("val_", StringComparison.Ordinal) ? "validation"
                    : columns.Contains("val_" + column) ? "training" : string.Empty;
                chart.Add(name, epochs, history[column]);
            }

            yield return chart;
        }
    }

    private static string Kind(string column)
        => column.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? column[..slash] : column.StartsWith("val_", StringComparison.Ordinal) ? column[4..] : column;

    private static void Table(History history, Markup page)
    {
        var columns = history.Columns;
        page.Open("details").Add("summary", $"All numbers of {history.Count} epochs");
        page.Open("div", ("class", "table " + Theme.Class)).Open("table").Open("tr").Add("th", "epoch");
        foreach (var column in columns)
        {
            page.Add("th", column);
        }

        page.Close();
        foreach (var epoch in history)
        {
            page.Open("tr").Add("td", epoch.Epoch.ToString(CultureInfo.InvariantCulture));
            foreach (var column in columns)
            {
                page.Add("td", epoch.Values.TryGetValue(column, out var value) ? value.ToString("G5", CultureInfo.InvariantCulture) : string.Empty);
            }

            page.Close();
        }

        page.Close().Close().Close();
    }
}
