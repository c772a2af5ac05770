using System.Buffers.Binary;
using System.Text.Json;

namespace Autograd.Interop;

/// <summary>The bytes of safetensors files: elements to tensors, tensors to files.</summary>
internal static class SafetensorsData
{
    /// <summary>Bytes that are converted at a time; a multiple of every element's size.</summary>
    private const int ChunkLength = 1 << 20;

    /// <summary>The data begin at a multiple of this, and larger elements come first, so that each is where a processor likes it to be.</summary>
    private const int Alignment = 8;

    /// <summary>Reads a tensor.</summary>
    public static Tensor Read(SafetensorsEntry entry, long dataStart, ReadBytes read)
    {
        var tensor = Allocate.Tensor(entry.Shape, entry.Element.DType);
        var length = entry.End - entry.Start;
        var chunk = new byte[Math.Min(ChunkLength, length)];
        for (var done = 0L; done < length; done += ChunkLength)
        {
            var bytes = chunk.AsSpan(0, (int)Math.Min(ChunkLength, length - done));
            read(dataStart + entry.Start + done, bytes);
            try
            {
                entry.Element.Read(bytes, tensor, (int)(done / entry.Element.ByteSize));
            }
            catch (NpyFormatException exception)
            {
                throw new SafetensorsFormatException($"Safetensors: '{entry.Name}': {exception.Message}", exception);
            }
        }

        GC.KeepAlive(tensor);
        return tensor;
    }

    /// <summary>Writes a file.</summary>
    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata, StoredFloats floats)
    {
        var elements = tensors.Select(pair => SafetensorsElement.Of(pair.Value.DType, floats)).ToArray();
        int[] order = [.. Enumerable.Range(0, tensors.Count).OrderByDescending(i => elements[i].ByteSize)];
        var header = HeaderText(tensors, elements, order, metadata);
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        var chunk = new byte[ChunkLength];
        foreach (var i in order)
        {
            var source = tensors[i].Value.RowMajor();
            var step = ChunkLength / elements[i].ByteSize;
            for (var done = 0; done < source.ElementCount; done += step)
            {
                var bytes = chunk.AsSpan(0, Math.Min(step, source.ElementCount - done) * elements[i].ByteSize);
                elements[i].Write(source, done, bytes);
                stream.Write(bytes);
            }

            GC.KeepAlive(source);
        }
    }

    private static byte[] HeaderText(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, SafetensorsElement[] elements, int[] order, IReadOnlyDictionary<string, string>? metadata)
    {
        var starts = new long[tensors.Count];
        var end = 0L;
        foreach (var i in order)
        {
            starts[i] = end;
            end += (long)tensors[i].Value.ElementCount * elements[i].ByteSize;
        }

        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            for (var i = 0; i < tensors.Count; i++)
            {
                var (name, tensor) = tensors[i];
                json.WriteStartObject(name);
                json.WriteString("dtype"u8, elements[i].Name);
                json.WriteStartArray("shape"u8);
                foreach (var size in tensor.Shape.AsSpan())
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets"u8);
                json.WriteNumberValue(starts[i]);
                json.WriteNumberValue(starts[i] + ((long)tensor.ElementCount * elements[i].ByteSize));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while ((SafetensorsHeader.PrefixLength + text.Length) % Alignment != 0)
        {
            text.WriteByte((byte)' ');
        }

        return text.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject("__metadata__"u8);
        foreach (var (name, text) in metadata)
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
    }
}
