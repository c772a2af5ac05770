using System.Text.Json.Nodes;
using Autograd.Benchmarks.Comparison;

namespace Autograd.Tests.Benchmarks;

/// <summary>Workloads at sizes for tests.</summary>
internal static class Shrunk
{
    private static readonly Dictionary<string, int> Greatest = new(StringComparer.Ordinal)
    {
        ["count"] = 7,
        ["columns"] = 1,
        ["tensors"] = 3,
        ["batch"] = 3,
        ["size"] = 5,
        ["channels"] = 64,
        ["length"] = 50,
        ["vocabulary"] = 1000,
        ["shape"] = 5,
        ["sizes"] = 4,
        ["left"] = 4,
        ["right"] = 4,
    };

    /// <summary>The shipped workloads, smaller.</summary>
    public static IEnumerable<WorkloadDescription> Workloads => WorkloadList.Load(WorkloadList.DefaultFile).Select(workload =>
    {
        var json = (JsonObject)workload.Json.DeepClone();
        foreach (var (key, greatest) in Greatest)
        {
            if (json[key] is { } value)
            {
                json[key] = value is JsonArray sizes ? new JsonArray([.. sizes.Select(size => (JsonNode)Math.Min((int)size!, greatest))]) : Math.Min((int)value, greatest);
            }
        }

        return new WorkloadDescription(json);
    });
}
