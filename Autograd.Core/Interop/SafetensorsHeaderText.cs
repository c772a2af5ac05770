using System.Text;
using System.Text.Json;

namespace Autograd.Interop;

/// <summary>Reads the JSON object of a safetensors header. It is taken as hostile: each name once, no keys but the known ones, no numbers but whole ones that fit.</summary>
internal ref struct SafetensorsHeaderText
{
    private const string MetadataName = "__metadata__";

    private Utf8JsonReader json;

    private SafetensorsHeaderText(ReadOnlySpan<byte> text) => json = new(text, new JsonReaderOptions { MaxDepth = 4 });

    /// <summary>Tensors and metadata of a header.</summary>
    /// <exception cref="SafetensorsFormatException">It is not what a header is.</exception>
    public static (IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            if (text.IsEmpty || text[0] != (byte)'{')
            {
                throw new SafetensorsFormatException("Safetensors: the header must begin with '{'. This is not a safetensors file.");
            }

            return new SafetensorsHeaderText(text).ParseAll();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw new SafetensorsFormatException($"Safetensors: the header is not the JSON that it must be: {exception.Message}", exception);
        }
    }

    private (IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata) ParseAll()
    {
        var entries = new OrderedDictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        Dictionary<string, string>? metadata = null;
        json.Read();
        while (NextName() is { } name)
        {
            if (name == MetadataName && metadata is null)
            {
                metadata = ReadMetadata();
            }
            else if (name == MetadataName || !entries.TryAdd(name, ReadEntry(name)))
            {
                throw new SafetensorsFormatException($"Safetensors: the name '{name}' comes twice.");
            }
        }

        // White space may follow, so that the data are aligned; anything else is an error of the reader.
        json.Read();
        return ([.. entries.Values], metadata ?? []);
    }

    private Dictionary<string, string> ReadMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Expect(JsonTokenType.StartObject, $"'{MetadataName}' is an object of texts");
        while (NextName() is { } name)
        {
            Expect(JsonTokenType.String, $"the metadata '{name}' is a text");
            if (!metadata.TryAdd(name, json.GetString()!))
            {
                throw new SafetensorsFormatException($"Safetensors: the metadata '{name}' comes twice.");
            }
        }

        return metadata;
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        string? type = null;
        List<long>? sizes = null, offsets = null;
        Expect(JsonTokenType.StartObject, $"'{name}' is described by an object");
        while (NextName() is { } key)
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String, $"the dtype of '{name}' is a text");
                    type = json.GetString();
                    break;
                case "shape" when sizes is null:
                    sizes = Numbers($"the shape of '{name}'", int.MaxValue, Shape.MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = Numbers($"the data_offsets of '{name}'", long.MaxValue, 2);
                    break;
                default:
                    throw new SafetensorsFormatException($"Safetensors: '{name}' has the key '{key}', {(key is "dtype" or "shape" or "data_offsets" ? "which comes twice" : "which is none of dtype, shape and data_offsets")}.");
            }
        }

        return type is not null && sizes is not null && offsets is { Count: 2 }
            ? Entry(name, type, [.. sizes.Select(size => (int)size)], offsets[0], offsets[1])
            : throw new SafetensorsFormatException($"Safetensors: '{name}' is described by dtype, shape and two data_offsets; one of them is missing.");
    }

    private static SafetensorsEntry Entry(string name, string type, int[] sizes, long start, long end)
    {
        var element = SafetensorsElement.Find(type)
            ?? throw new SafetensorsFormatException($"Safetensors: '{name}' has elements of type {type}, which no tensor can hold: BOOL, I8 to I64, U8 to U64, F16, BF16, F32 and F64 can be read.");
        Shape shape;
        try
        {
            shape = Shape.Create(sizes);
        }
        catch (ShapeException exception)
        {
            throw new SafetensorsFormatException($"Safetensors: '{name}': {exception.Message}", exception);
        }

        var length = (long)shape.ElementCount * element.ByteSize;
        return end >= start && end - start == length
            ? new(name, element, shape, start, end)
            : throw new SafetensorsFormatException($"Safetensors: '{name}' of shape {shape} and type {type} takes {length} bytes, but its data_offsets are {start} and {end}.");
    }

    /// <summary>The next name in an object; null at its end.</summary>
    private string? NextName()
    {
        json.Read();
        return json.TokenType == JsonTokenType.EndObject ? null : json.GetString();
    }

    private void Expect(JsonTokenType type, string what)
    {
        json.Read();
        if (json.TokenType != type)
        {
            throw new SafetensorsFormatException($"Safetensors: {what}, not a JSON {json.TokenType}.");
        }
    }

    private List<long> Numbers(string what, long greatest, int most)
    {
        var numbers = new List<long>();
        Expect(JsonTokenType.StartArray, $"{what} is a list of numbers");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var number) || number < 0 || number > greatest || numbers.Count == most)
            {
                throw new SafetensorsFormatException($"Safetensors: {what} has at most {most} entries, whole numbers from 0 to {greatest}.");
            }

            numbers.Add(number);
        }

        return numbers;
    }
}
