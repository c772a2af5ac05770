using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autograd.Benchmarks.Comparison;

/// <summary>The rows as an array of {"workload", "family", "threads", "ours", "peer", "ratio", "share"}; times in seconds, null where there is none.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(IEnumerable<ComparisonRow> rows, int threads)
    {
        JsonArray array = [.. rows.Select(row => new JsonObject
        {
            ["workload"] = row.Workload,
            ["family"] = row.Family,
            ["threads"] = threads,
            ["ours"] = Number(row.Ours),
            ["peer"] = Number(row.Peer),
            ["ratio"] = Number(row.Ratio),
            ["share"] = Number(row.Share),
        })];
        return array.ToJsonString(Indented);
    }

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
