using Autograd.Interop;

namespace Autograd;

/// <summary>Files of named tensors in the safetensors format, which much of the field uses for weights: read and written. Nothing in a file is ever run, and no length in it is believed unchecked.</summary>
/// <remarks>Bool, I8 to I64, U8 to U64, F16, BF16, F32 and F64 are read: integers of any size as Int64, F16 and BF16 as Float32.</remarks>
public static class Safetensors
{
    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors by name, in the file's order; the dictionary is the caller's to change.</returns>
    /// <exception cref="SafetensorsFormatException">The file is not a safetensors file, is damaged, or holds what no tensor can.</exception>
    public static OrderedDictionary<string, Tensor> Load(string path)
    {
        using var file = Open(path);
        return file.ReadAll();
    }

    /// <summary>Reads all tensors of a stream, from where it stands to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>The tensors by name, in the file's order; the dictionary is the caller's to change.</returns>
    /// <exception cref="SafetensorsFormatException">The data are not a safetensors file, are damaged, or hold what no tensor can.</exception>
    public static OrderedDictionary<string, Tensor> Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            // A header is checked against the length of the whole file.
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            return Load(copy);
        }

        var origin = stream.Position;
        void Read(long start, Span<byte> bytes)
        {
            stream.Position = origin + start;
            stream.ReadExactly(bytes);
        }

        var header = SafetensorsHeader.Read(Read, stream.Length - origin);
        var tensors = new OrderedDictionary<string, Tensor>(header.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in header.Entries)
        {
            tensors.Add(entry.Name, SafetensorsData.Read(entry, header.DataStart, Read));
        }

        stream.Position = stream.Length;
        return tensors;
    }

    /// <summary>Opens a file, so that its names, shapes and metadata can be seen, and tensors be read one by one. It is mapped into memory: opening takes no longer for a large file than for a small one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsFormatException">The file is not a safetensors file, is damaged, or holds what no tensor can.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new SafetensorsFile(path);
    }

    /// <summary>Writes tensors to a file, whole or not at all: it is written beside an existing file and then takes its place.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Texts by name, kept beside the tensors.</param>
    /// <param name="floats">How Float32 and Float64 are written.</param>
    /// <exception cref="ArgumentException">A name comes twice, or is <c>__metadata__</c>.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null, StoredFloats floats = StoredFloats.AsTheyAre)
    {
        ArgumentNullException.ThrowIfNull(path);
        var checkedTensors = Check(tensors, floats);
        ReplacedFile.Write(path, stream => SafetensorsData.Write(stream, checkedTensors, metadata, floats));
    }

    /// <summary>Writes tensors to a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Texts by name, kept beside the tensors.</param>
    /// <param name="floats">How Float32 and Float64 are written.</param>
    /// <exception cref="ArgumentException">A name comes twice, or is <c>__metadata__</c>.</exception>
    public static void Save(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null, StoredFloats floats = StoredFloats.AsTheyAre)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafetensorsData.Write(stream, Check(tensors, floats), metadata, floats);
    }

    private static List<KeyValuePair<string, Tensor>> Check(IEnumerable<KeyValuePair<string, Tensor>> tensors, StoredFloats floats)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Require.Defined(floats, "Safetensors.Save");
        var list = new List<KeyValuePair<string, Tensor>>();
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
        foreach (var (name, tensor) in tensors)
        {
            if (tensor is null)
            {
                throw new ArgumentException($"Safetensors.Save: the tensor '{name}' is null.", nameof(tensors));
            }

            if (!names.Add(name))
            {
                throw new ArgumentException($"Safetensors.Save: the name '{name}' {(name == "__metadata__" ? "is the format's own, for texts: pass these as metadata" : "comes twice")}.", nameof(tensors));
            }

            // The value that a variable has now, whatever is assigned meanwhile.
            list.Add(new(name, tensor.Detach()));
        }

        return list;
    }
}
