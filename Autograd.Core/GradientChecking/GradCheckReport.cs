using System.Globalization;
using System.Text;

namespace Autograd;

/// <summary>One derivative, computed by the tape and estimated by a difference quotient.</summary>
/// <param name="Order">1 for the gradient, 2 for the gradient of the gradient.</param>
/// <param name="Input">The name or number of the input.</param>
/// <param name="Index">The element of the input.</param>
/// <param name="Analytic">What the tape says.</param>
/// <param name="Numeric">What the central difference says.</param>
/// <param name="Tolerance">The difference that is allowed between the two.</param>
public sealed record GradCheckEntry(int Order, string Input, IReadOnlyList<int> Index, double Analytic, double Numeric, double Tolerance)
{
    /// <summary>|analytic − numeric|; infinite where exactly one of them is not a number.</summary>
    public double Error => Analytic.Equals(Numeric) ? 0
        : double.IsNaN(Analytic - Numeric) ? double.PositiveInfinity
        : Math.Abs(Analytic - Numeric);

    /// <summary>The error in units of the greater of both values.</summary>
    public double RelativeError => Error == 0 ? 0 : Error / Math.Max(Math.Abs(Analytic), Math.Abs(Numeric));

    /// <summary>Whether the error is within the tolerance.</summary>
    public bool IsCorrect => Error <= Tolerance;
}

/// <summary>What a gradient check found: every derivative it compared, the worst first.</summary>
public sealed partial class GradCheckReport
{
    private const int RowsShown = 12;

    internal GradCheckReport(IEnumerable<GradCheckEntry> entries, ulong seed)
    {
        Entries = [.. entries.OrderByDescending(entry => entry.Error / entry.Tolerance)];
        Seed = seed;
    }

    /// <summary>All comparisons, the worst first (by error in units of the tolerance).</summary>
    public IReadOnlyList<GradCheckEntry> Entries { get; }

    /// <summary>The seed of the random directions, to repeat the check with.</summary>
    public ulong Seed { get; }

    /// <summary>Whether all derivatives agree within their tolerances.</summary>
    public bool IsCorrect => Entries.All(entry => entry.IsCorrect);

    /// <summary>The number of derivatives that disagree.</summary>
    public int Failures => Entries.Count(entry => !entry.IsCorrect);

    /// <summary>A verdict and a table of the worst comparisons.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Gradient check: {Entries.Count - Failures} of {Entries.Count} derivatives agree");
        text.Append(IsCorrect ? "." : $", {Failures} do not (seed {Seed}).");
        string[][] rows = [["order", "input", "index", "analytic", "numeric", "error", "allowed"], .. Entries.Take(RowsShown).Select(Row)];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
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

        return text.ToString();
    }

    private static string[] Row(GradCheckEntry entry) =>
    [
        (entry.IsCorrect ? "  " : "✗ ") + entry.Order.ToString(CultureInfo.InvariantCulture),
        entry.Input,
        Shape.Describe([.. entry.Index]),
        Number(entry.Analytic),
        Number(entry.Numeric),
        entry.Error.ToString("0.0e+00", CultureInfo.InvariantCulture),
        entry.Tolerance.ToString("0.0e+00", CultureInfo.InvariantCulture),
    ];

    private static string Number(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
}
