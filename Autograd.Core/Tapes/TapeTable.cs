using System.Globalization;
using System.Text;
using Autograd.Display;

namespace Autograd.Tapes;

/// <summary>The tape as a table, in text and in HTML. The middle of a long one is left out; columns in which there is nothing are, too.</summary>
internal sealed class TapeTable(Tape tape)
{
    private const int MaxRows = 100;

    private static readonly (string Title, bool IsWord, Func<TapeEntry, string> Of)[] Columns =
    [
        ("#", false, entry => entry.Number.ToString(CultureInfo.InvariantCulture)),
        ("entry", true, entry => (entry.IsOutput ? "→ " : string.Empty) + entry.Name + (entry.IsReleased ? " (released)" : string.Empty)),
        ("kind", true, entry => entry.Kind.ToString()),
        ("shape", true, entry => entry.Shape.ToString()),
        ("type", true, entry => entry.DType.ToString()),
        ("inputs", true, entry => string.Join(", ", entry.Inputs.Select(input => input is null ? "·" : input.Number.ToString(CultureInfo.InvariantCulture)))),
        ("kept", false, Kept),
        ("module", true, entry => entry.ModulePath ?? string.Empty),
        ("line", true, entry => entry.Site?.ToString() ?? string.Empty),
    ];

    /// <summary>The tape in one sentence.</summary>
    public string Summary()
    {
        var operations = tape.Entries.Count(entry => entry.Kind == TapeEntryKind.Operation);
        var parameters = tape.Entries.Count(entry => entry.Kind == TapeEntryKind.Parameter);
        return string.Create(CultureInfo.InvariantCulture, $"Tape: {operations} operation{(operations == 1 ? string.Empty : "s")}, {parameters} parameter{(parameters == 1 ? string.Empty : "s")}; {Displays.Bytes(tape.KeptBytes)} kept for the backward pass")
            + (tape.ParameterBytes > 0 ? $", beside {Displays.Bytes(tape.ParameterBytes)} of parameters" : string.Empty);
    }

    public string ToText()
    {
        var (titles, rows) = Cells();
        var widths = titles.Select((title, column) => rows.Append([.. titles.Select(shown => shown.Title)]).Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder(Summary()).Append('\n');
        AppendRow([.. titles.Select(title => title.Title)]);
        for (var i = 0; i < rows.Count; i++)
        {
            AppendRow(rows[i]);
            if (IsBeforeGap(i))
            {
                text.Append(Gap()).Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n');

        void AppendRow(string[] row)
        {
            var line = row.Select((cell, column) => titles[column].IsWord ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", line).TrimEnd()).Append('\n');
        }
    }

    public void Show(Markup page)
    {
        var (titles, rows) = Cells();
        page.Open("table").Open("tr");
        foreach (var (title, isWord) in titles)
        {
            page.Add("th", title, ("class", isWord ? "word" : null));
        }

        page.Close();
        for (var i = 0; i < rows.Count; i++)
        {
            page.Open("tr");
            for (var column = 0; column < titles.Length; column++)
            {
                page.Add("td", rows[i][column], ("class", titles[column].IsWord ? "word" : null));
            }

            page.Close();
            if (IsBeforeGap(i))
            {
                page.Open("tr").Add("td", Gap(), ("class", "word"), ("colspan", titles.Length)).Close();
            }
        }

        page.Close();
    }

    private static string Kept(TapeEntry entry)
        => (entry.KeptBytes > 0 ? Displays.Bytes(entry.KeptBytes) : entry is { IsKept: true, IsPending: false } ? "shared" : string.Empty)
            + (entry.IsPending ? (entry.KeptBytes > 0 ? ", " : string.Empty) + "pending" : string.Empty);

    private static bool IsNeeded(int column, IEnumerable<string[]> rows) => rows.Any(row => row[column].Length > 0);

    private bool IsBeforeGap(int row) => tape.Entries.Count > MaxRows && row == (MaxRows / 2) - 1;

    private string Gap() => string.Create(CultureInfo.InvariantCulture, $"… {tape.Entries.Count - MaxRows} more …");

    private ((string Title, bool IsWord)[] Titles, List<string[]> Rows) Cells()
    {
        var shown = tape.Entries.Count > MaxRows ? [.. tape.Entries.Take(MaxRows / 2), .. tape.Entries.Skip(tape.Entries.Count - (MaxRows / 2))] : tape.Entries;
        var rows = shown.Select(entry => Array.ConvertAll(Columns, column => column.Of(entry))).ToList();
        var columns = Enumerable.Range(0, Columns.Length).Where(column => IsNeeded(column, rows)).ToArray();
        return ([.. columns.Select(column => (Columns[column].Title, Columns[column].IsWord))], rows.ConvertAll(row => Array.ConvertAll(columns, column => row[column])));
    }
}
