using System.Globalization;
using System.Text;

namespace Autograd.Benchmarks.Comparison;

/// <summary>The rows as a table of GitHub's Markdown, families with the geometric mean of their ratios.</summary>
internal static class MarkdownReport
{
    public static string Of(IReadOnlyList<ComparisonRow> rows)
    {
        StringBuilder text = new();
        text.AppendLine("| Workload | Ours | Peer | Ratio | Limit | Our share |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (var family in rows.GroupBy(row => row.Family, StringComparer.Ordinal))
        {
            double[] ratios = [.. family.Select(row => row.Ratio).Where(double.IsFinite)];
            var mean = ratios.Length == 0 ? "—" : Ratio(Statistics.GeometricMean(ratios));
            text.AppendLine(CultureInfo.InvariantCulture, $"| **{family.Key}**: geometric mean of {ratios.Length} | | | **{mean}** | | |");
            foreach (var row in family)
            {
                text.AppendLine(row.Error is { } error
                    ? $"| {Cell(row.Workload)} | **error**: {Cell(error)} | | | | |"
                    : $"| {Cell(row.Workload)}{(row.Remark is { } remark ? $" ({Cell(remark)})" : "")} | {Duration(row.Ours)} | {Duration(row.Peer)} | {Ratio(row.Ratio)} | {Duration(row.Limit)} | {Share(row.Share)} |");
            }
        }

        return text.ToString();
    }

    /// <summary>A time with three digits.</summary>
    public static string Duration(double seconds)
    {
        var (value, unit) = seconds switch
        {
            double.NaN => (seconds, ""),
            < 1e-6 => (seconds * 1e9, "ns"),
            < 1e-3 => (seconds * 1e6, "µs"),
            < 1 => (seconds * 1e3, "ms"),
            _ => (seconds, "s"),
        };
        return double.IsNaN(value) ? "—" : $"{Digits(value)} {unit}";
    }

    private static string Ratio(double ratio) => double.IsFinite(ratio) ? Digits(ratio) : "—";

    private static string Share(double share) => double.IsFinite(share) ? share.ToString("0 %", CultureInfo.InvariantCulture) : "—";

    private static string Digits(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
