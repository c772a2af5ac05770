using System.Globalization;
using System.Text;

namespace Autograd.Benchmarks.Memory;

/// <summary>The figures as a Markdown table, and the curves of the working set as a picture.</summary>
internal static class MemoryReport
{
    private const double Width = 640;
    private const double Height = 130;
    private const double Left = 70;
    private const double Top = 28;

    /// <summary>One row a scenario.</summary>
    public static string Table(IEnumerable<MemoryRecord> records)
    {
        var text = new StringBuilder("| A step | Steps | Live | Working set, at most | Allocated a step | Time a step | Of it, collecting |\n|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (var record in records)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {record.Scenario.Description} | {record.Steps:N0} | {(record.Scenario.LiveBytes == 0 ? "–" : Megabytes(record.Scenario.LiveBytes))} | {Megabytes(record.Peak)} | {record.BytesPerStep / 1024:N0} kB | {record.Seconds / record.Steps * 1e6:N0} µs | {record.CollectionSeconds / record.Seconds:P1} |\n");
        }

        return text.ToString();
    }

    /// <summary>The working set of each scenario over its steps, one below the other; colours follow the reader's light or dark mode.</summary>
    public static string Chart(IReadOnlyList<MemoryRecord> records)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Left + Width + 20} {records.Count * (Height + 60) + 10}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n");
        text.Append("<style>text { fill: #222 } .axis { stroke: #999 } .curve { stroke: #0b66c3; fill: none; stroke-width: 1.5 } @media (prefers-color-scheme: dark) { text { fill: #ddd } .axis { stroke: #777 } .curve { stroke: #6cb2ff } }</style>\n");
        for (var i = 0; i < records.Count; i++)
        {
            AppendCurve(text, records[i], Top + (i * (Height + 60)));
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void AppendCurve(StringBuilder text, MemoryRecord record, double top)
    {
        var most = NiceAbove(record.Peak / (double)(1 << 20));
        double Y(double megabytes) => top + Height - (megabytes / most * Height);
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{top - 10}\">{record.Scenario.Description}</text>\n");
        foreach (var tick in (ReadOnlySpan<double>)[0, most / 2, most])
        {
            text.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\" stroke-width=\"0.5\"/><text x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{tick:0} MB</text>\n");
        }

        var points = record.WorkingSet.Select((bytes, k) => string.Create(CultureInfo.InvariantCulture, $"{Left + (Width * k / (record.WorkingSet.Count - 1)):0.#},{Y(bytes / (double)(1 << 20)):0.#}"));
        text.Append(CultureInfo.InvariantCulture, $"<polyline class=\"curve\" points=\"{string.Join(' ', points)}\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{top + Height + 16}\">step 1</text><text x=\"{Left + Width}\" y=\"{top + Height + 16}\" text-anchor=\"end\">{record.Steps:N0}</text>\n");
    }

    /// <summary>The least of 1, 2, 4, 6, 8, 10 times a power of ten that is not below a number.</summary>
    private static double NiceAbove(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1.0, 2, 4, 6, 8, 10 }.First(factor => factor * unit >= value) * unit;
    }

    private static string Megabytes(double bytes) => (bytes / (1 << 20)).ToString("N0", CultureInfo.InvariantCulture) + " MB";
}
