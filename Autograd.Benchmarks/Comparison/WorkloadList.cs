using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autograd.Benchmarks.Comparison;

/// <summary>Reads a file of workloads: a JSON array of objects, where <c>"each"</c> multiplies an object out.</summary>
internal static class WorkloadList
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The list that is shipped.</summary>
    public static string DefaultFile { get; } = Path.Combine(AppContext.BaseDirectory, "Comparison", "workloads.json");

    /// <summary>The workloads of a file.</summary>
    /// <exception cref="WorkloadException">The file is missing, is no such list, or describes something unknown.</exception>
    public static List<WorkloadDescription> Load(string file)
    {
        try
        {
            return Parse(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or WorkloadException)
        {
            throw new WorkloadException($"{file}: {exception.Message}");
        }
    }

    /// <summary>The workloads of a text.</summary>
    /// <exception cref="WorkloadException">It is no such list, or describes something unknown.</exception>
    public static List<WorkloadDescription> Parse(string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text, documentOptions: Lenient);
        }
        catch (JsonException exception)
        {
            throw new WorkloadException($"This is not JSON: {exception.Message}");
        }

        if (root is not JsonArray entries)
        {
            throw new WorkloadException("A list of workloads is a JSON array: [ { \"name\": …, \"family\": …, \"kind\": … }, … ].");
        }

        List<WorkloadDescription> workloads = [];
        foreach (var entry in entries)
        {
            var description = entry as JsonObject ?? throw new WorkloadException($"A workload is a JSON object, not {entry?.ToJsonString() ?? "null"}.");
            workloads.AddRange(Expand(description).Select(single => new WorkloadDescription(single)));
        }

        var twice = workloads.GroupBy(workload => workload.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? workloads
            : throw new WorkloadException($"Two workloads are called '{twice.Key}'. Name what varies: \"chain of {{length}}\".");
    }

    /// <summary>The workloads whose family and name contain one of the parts of a filter, given as "softmax,small".</summary>
    public static List<WorkloadDescription> Filter(IEnumerable<WorkloadDescription> workloads, string? filter)
    {
        var parts = (filter ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. workloads.Where(workload => parts.Length == 0 || Array.Exists(parts, part => workload.ToString().Contains(part, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>"each": {"length": [1, 3], "count": [10, 20]} stands for four workloads; {length} in the name stands for the value.</summary>
    private static IEnumerable<JsonObject> Expand(JsonObject description)
    {
        if (description["each"] is not { } each)
        {
            return [description];
        }

        var axes = each as JsonObject ?? throw new WorkloadException($"\"each\" is an object of lists, such as {{\"length\": [1, 3]}}, not {each.ToJsonString()}.");
        var start = (JsonObject)description.DeepClone();
        start.Remove("each");
        IEnumerable<JsonObject> expanded = [start];
        foreach (var (key, value) in axes)
        {
            var values = value as JsonArray ?? throw new WorkloadException($"\"each\": \"{key}\" is a list of values, not {value?.ToJsonString() ?? "null"}.");
            expanded = [.. expanded.SelectMany(item => values.Select(choice => With(item, key, choice)))];
        }

        return expanded;
    }

    private static JsonObject With(JsonObject description, string key, JsonNode? value)
    {
        var copy = (JsonObject)description.DeepClone();
        copy[key] = value?.DeepClone();
        if (copy["name"] is JsonValue name)
        {
            copy["name"] = name.ToString().Replace($"{{{key}}}", Short(value), StringComparison.Ordinal);
        }

        return copy;
    }

    private static string Short(JsonNode? value) => value switch
    {
        JsonValue number when number.TryGetValue<int>(out var whole) => whole switch
        {
            >= 1_000_000 when whole % 1_000_000 == 0 => $"{whole / 1_000_000}M",
            >= 1_000 when whole % 1_000 == 0 => $"{whole / 1_000}k",
            _ => $"{whole}",
        },
        JsonArray list => string.Join('×', list.Select(Short)),
        _ => value?.ToString() ?? "null",
    };
}
