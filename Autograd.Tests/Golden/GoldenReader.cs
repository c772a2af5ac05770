using System.IO.Compression;
using System.Text.Json;

namespace Autograd.Tests.Golden;

/// <summary>Reads reference cases from gzipped JSON; Data/README.md has the format.</summary>
internal static class GoldenReader
{
    /// <summary>The cases of a file, if it is one of operations (modules, optimizers and schedules are other formats).</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a case lacks what it needs: the message says which.</exception>
    public static GoldenCase[] Read(string path, out string family)
    {
        var where = path;
        try
        {
            using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var document = JsonDocument.Parse(stream);
            var name = family = document.RootElement.GetProperty("family").GetString()!;
            var cases = new List<GoldenCase>();
            foreach (var (number, json) in document.RootElement.GetProperty("cases").EnumerateArray().Index())
            {
                where = $"{path}, case {number} of the file";
                if (json.TryGetProperty("op", out _))
                {
                    cases.Add(Case(json, name));
                }
            }

            return [.. cases];
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"Not reference data: {where}: {exception.Message}", exception);
        }
    }

    private static GoldenCase Case(JsonElement json, string family)
    {
        var variant = Property(json, "variant")?.GetString();
        var named = json.GetProperty("kwargs").EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal);
        var second = Property(json, "grad2");
        return new GoldenCase(
            family,
            json.GetProperty("op").GetString() + (variant is null ? string.Empty : "/" + variant),
            json.GetProperty("index").GetInt32(),
            [.. json.GetProperty("inputs").EnumerateArray().Select(Value)],
            [.. named.Select(property => KeyValuePair.Create(property.Name, Value(property.Value)))],
            Tensors(json.GetProperty("output"))!)
        {
            Before = Property(json, "pre")?.GetString(),
            After = Property(json, "post")?.GetString(),
            InputsAfter = TensorsOrNull(Property(json, "inputs_after")),
            Upstream = TensorsOrNull(Property(json, "grad_outputs")),
            Gradients = Tensors(Property(json, "grads")),
            Directions = Tensors(Property(second, "v")),
            SecondGradients = Tensors(Property(second, "grads")),
            Condition = Conditions(Property(json, "condition")),
            Tags = [.. json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!)],
        };
    }

    private static Dictionary<Quantity, double> Conditions(JsonElement? json)
    {
        var conditions = new Dictionary<Quantity, double>();
        foreach (var (quantity, name) in new[] { (Quantity.Output, "output"), (Quantity.Gradient, "grads"), (Quantity.SecondGradient, "grad2") })
        {
            if (Property(json, name) is { } condition)
            {
                conditions[quantity] = Number(condition);
            }
        }

        return conditions;
    }

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString() is "NaN" or "Infinity" or "-Infinity" ? (object)Number(json) : json.GetString(),
        JsonValueKind.Number => json.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? (object)json.GetInt64() : json.GetDouble(),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        _ => Composite(json),
    };

    private static object Composite(JsonElement json)
    {
        if (Property(json, "slice") is { } slice)
        {
            int?[] bounds = [.. slice.EnumerateArray().Select(bound => bound.ValueKind == JsonValueKind.Null ? (int?)null : bound.GetInt32())];
            return TensorIndex.Slice(bounds[0], bounds[1], bounds[2] ?? 1);
        }

        return Property(json, "tuple") is { } tuple ? new GoldenTuple([.. tuple.EnumerateArray().Select(Value)])
            : json.TryGetProperty("ellipsis", out _) ? TensorIndex.Ellipsis
            : json.TryGetProperty("newaxis", out _) ? TensorIndex.NewAxis
            : ReadTensor(json);
    }

    public static GoldenTensor ReadTensor(JsonElement json) => new(
        Integers(json.GetProperty("shape")),
        json.GetProperty("dtype").GetString() switch
        {
            "float64" => DType.Float64,
            "bool" => DType.Bool,
            "int64" or "int32" or "uint8" => DType.Int64,
            var other => throw new InvalidDataException($"An element type of reference data that the library does not know: {other}."),
        },
        [.. json.GetProperty("data").EnumerateArray().Select(Number)],
        Property(json, "strides") is { } strides ? Integers(strides) : null,
        Property(json, "requires_grad")?.GetBoolean() ?? false);

    private static double Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number => json.GetDouble(),
        _ => json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new InvalidDataException($"Not a number: {other}."),
        },
    };

    private static int[] Integers(JsonElement json) => [.. json.EnumerateArray().Select(number => number.GetInt32())];

    private static GoldenTensor[]? Tensors(JsonElement? json) => json is { } array ? [.. array.EnumerateArray().Select(ReadTensor)] : null;

    private static GoldenTensor?[] TensorsOrNull(JsonElement? json)
        => json is { } array ? [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : ReadTensor(item))] : [];

    private static JsonElement? Property(JsonElement? json, string name)
        => json is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
