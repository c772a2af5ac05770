using System.Globalization;
using System.Text;

namespace Autograd;

public sealed partial class GradCheckReport
{
    private const int RowsShown = 12;

    private static readonly string[] Heading = ["order", "input", "index", "analytic", "numeric", "± error of it", "step", "difference", "relative", "ulp", "allowed", "verdict"];

    /// <summary>A verdict, a table of the worst comparisons, and where the mistake is.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Summary());
        string[][] rows = [Heading, .. Entries.Take(RowsShown).Select(Row)];
        int[] widths = [.. Heading.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            text.Append("\n  ");
            for (var column = 0; column < row.Length; column++)
            {
                text.Append(row[column].PadLeft(widths[column] + (column == 0 ? 0 : 2)));
            }
        }

        if (Entries.Count > RowsShown)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  … and {Entries.Count - RowsShown} smaller errors");
        }

        return Location is null ? text.ToString() : text.Append('\n').Append(Location).ToString();
    }

    /// <summary>The verdict in a line or two.</summary>
    private string Summary()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Gradient check: {Entries.Count - Failures} of {Entries.Count} derivatives agree");
        text.Append(IsCorrect ? "." : string.Create(CultureInfo.InvariantCulture, $", {Failures} do not (seed {Seed})."));
        void Add(int count, string one, string many)
        {
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" {count} {(count == 1 ? one : many)}.");
            }
        }

        Add(Count(GradCheckVerdict.Kink), "lies at a kink, between its slopes", "lie at kinks, between their slopes");
        Add(Count(GradCheckVerdict.Jump), "lies at a jump or at the end of the domain", "lie at jumps or at the end of the domain");
        Add(Count(GradCheckVerdict.Inconclusive), "is inconclusive: the quotient is to be doubted rather than the gradient", "are inconclusive: the quotients are to be doubted rather than the gradient");
        Add(Entries.Count(entry => entry.IsHidden), "is hidden by rounding in the function", "are hidden by rounding in the function");
        Add(Resamples, "time the point was moved", "times the point was moved");
        if (!IsComplete)
        {
            text.Append(CultureInfo.InvariantCulture, $" There was time for {Done} of {Planned}.");
        }

        return text.ToString();
    }

    private static string[] Row(GradCheckEntry entry) =>
    [
        (entry.IsCorrect ? "  " : "✗ ") + entry.Order.ToString(CultureInfo.InvariantCulture),
        entry.Input,
        (entry.IsAlongDirection ? "direction" : Shape.Describe([.. entry.Index])) + (entry.Output is null ? string.Empty : $" → {entry.Output}"),
        Number(entry.Analytic),
        Number(entry.Numeric),
        Rough(entry.NumericError),
        Rough(entry.Step),
        Rough(entry.Error),
        Rough(entry.RelativeError),
        Rough(entry.Ulps),
        Rough(entry.Tolerance),
        entry.Verdict switch
        {
            GradCheckVerdict.Agrees => entry.IsHidden ? "hidden" : "agrees",
            GradCheckVerdict.Kink => $"kink: {Number(entry.SlopeBefore)} before, {Number(entry.SlopeAfter)} behind",
            GradCheckVerdict.Jump => "jump",
            GradCheckVerdict.Inconclusive => "quotient in doubt",
            _ => "wrong",
        },
    ];

    private static string Number(double value) => value.ToString("G10", CultureInfo.InvariantCulture);

    private static string Rough(double value) => value == 0 ? "0" : double.IsPositiveInfinity(value) ? "∞" : value.ToString("0.0e+00", CultureInfo.InvariantCulture);
}
