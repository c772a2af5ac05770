using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autograd.Benchmarks.Comparison;

/// <summary>Reads the description of one workload, remembers what was asked for, and can so tell what nobody understands.</summary>
/// <param name="description">The JSON object.</param>
/// <param name="isCheck">Whether results are to be compared, so that nothing may be random.</param>
internal sealed class WorkloadParameters(JsonObject description, bool isCheck = false)
{
    /// <summary>What the comparison itself reads, whatever the kind.</summary>
    private static readonly string[] Common = ["family", "name", "kind", "tolerance", "checkedAs"];

    private readonly HashSet<string> known = new(Common, StringComparer.Ordinal);

    /// <summary>Whether results are to be compared, so that nothing may be random.</summary>
    public bool IsCheck { get; } = isCheck;

    private string Where => description["name"] is JsonValue name ? $"Workload '{name}'" : "A workload without a name";

    public bool Has(string key)
    {
        known.Add(key);
        return description[key] is not null;
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string key) => Read<string>(key, "a text");

    /// <summary>A whole number above 0.</summary>
    public int Size(string key, int? otherwise = null)
    {
        var value = !Has(key) && otherwise is { } given ? given : Read<int>(key, "a whole number");
        Require(value > 0, $"\"{key}\" is above 0, not {value}");
        return value;
    }

    /// <summary>A number of 0 or more.</summary>
    public double Number(string key, double otherwise)
    {
        var value = Has(key) ? Read<double>(key, "a number") : otherwise;
        Require(double.IsFinite(value) && value >= 0, string.Create(CultureInfo.InvariantCulture, $"\"{key}\" is 0 or more, not {value}"));
        return value;
    }

    public bool Flag(string key) => Has(key) && Read<bool>(key, "true or false");

    /// <summary>One of some words.</summary>
    public string Choice(string key, string[] possible, string otherwise)
    {
        var value = Has(key) ? Read<string>(key, "a text") : otherwise;
        Require(possible.Contains(value), $"\"{key}\" is one of {string.Join(", ", possible)}, not '{value}'");
        return value;
    }

    /// <summary>Sizes above 0.</summary>
    public int[] Shape(string key, int? rank = null)
    {
        Require(Has(key), $"\"{key}\" is missing");
        var sizes = Read<int[]>(key, "a list of whole numbers, such as [64, 10]");
        Require(sizes.Length > 0 && Array.TrueForAll(sizes, size => size > 0), $"\"{key}\" is a list of sizes above 0");
        Require(rank is null || sizes.Length == rank, $"\"{key}\" has {rank} sizes, not {sizes.Length}");
        return sizes;
    }

    /// <summary>A dimension of a tensor of the given rank; negative numbers count from the last.</summary>
    public int Dim(string key, int rank, int? otherwise = null)
    {
        var dim = !Has(key) && otherwise is { } given ? given : Read<int>(key, "a whole number");
        Require(dim >= -rank && dim < rank, $"\"{key}\" is {-rank} to {rank - 1}, not {dim}");
        return dim;
    }

    public DType DType() => Choice(IsCheck && Has("checkedAs") ? "checkedAs" : "dtype", ["float32", "float64"], "float32") == "float32" ? Autograd.DType.Float32 : Autograd.DType.Float64;

    /// <summary>How the peer computes it: by the same formula, or by a function of its own. It makes no difference here.</summary>
    public void PeerVariant() => Choice("peer", ["formula", "fused"], "formula");

    /// <summary>Throws unless a condition holds that the description must fulfil.</summary>
    public void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new WorkloadException($"{Where}: {rule}.");
        }
    }

    /// <summary>Throws if the description says something that nobody has read.</summary>
    public void RejectUnknown(string kind)
    {
        var unknown = description.Select(entry => entry.Key).FirstOrDefault(key => !known.Contains(key));
        Require(unknown is null, $"there is no parameter \"{unknown}\"; kind {kind} has {string.Join(", ", known.Except(Common, StringComparer.Ordinal))}");
    }

    private T Read<T>(string key, string what)
    {
        Require(Has(key), $"\"{key}\" is missing");
        try
        {
            return description[key].Deserialize<T>() ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new WorkloadException($"{Where}: \"{key}\" is {what}, not {description[key]!.ToJsonString()}.");
        }
    }
}
