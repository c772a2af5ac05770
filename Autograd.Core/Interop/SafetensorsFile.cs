using System.IO.MemoryMappedFiles;
using Autograd.Interop;

namespace Autograd;

/// <summary>A safetensors file that is open for reading: names, shapes and metadata are known, and a tensor's values are read when it is asked for. The file is mapped into memory, so that reading one
/// tensor of a large file touches its part alone.</summary>
/// <remarks>Any number of threads may read. Tensors that were read are independent of the file.</remarks>
/// <example><code>
/// Safetensors.Save("weights.safetensors", [new("encoder.weight", Tensor.Ones([2, 3]))]);
/// using (var file = Safetensors.Open("weights.safetensors"))
/// {
///     var weight = file.Read("encoder.weight");
/// }
/// </code></example>
public sealed class SafetensorsFile : IDisposable
{
    private readonly Dictionary<string, SafetensorsEntry> byName;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly SafetensorsHeader header;

    internal SafetensorsFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var length = stream.Length;
        if (length < SafetensorsHeader.PrefixLength)
        {
            throw new SafetensorsFormatException($"Safetensors: '{path}' has {length} bytes, too few for a file, which begins with the length of its header (8 bytes).");
        }

        file = MemoryMappedFile.CreateFromFile(stream, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        try
        {
            header = SafetensorsHeader.Read(ReadBytes, length);
        }
        catch (SafetensorsFormatException exception)
        {
            Dispose();
            throw new SafetensorsFormatException($"{exception.Message} File: '{path}'.", exception);
        }

        byName = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The names of the tensors, in the header's order.</summary>
    public IReadOnlyList<string> Names => [.. header.Entries.Select(entry => entry.Name)];

    /// <summary>Texts by name that were saved beside the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Whether there is a tensor of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>The shape of a tensor, without reading it.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public Shape ShapeOf(string name) => Entry(name).Shape;

    /// <summary>The element type in which a tensor is read, without reading it: F16 and BF16 give Float32, integers of any size Int64.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public DType DTypeOf(string name) => Entry(name).Element.DType;

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    /// <exception cref="SafetensorsFormatException">An unsigned integer is too great for a tensor.</exception>
    /// <exception cref="ObjectDisposedException">The file has been closed.</exception>
    public Tensor Read(string name) => SafetensorsData.Read(Entry(name), header.DataStart, ReadBytes);

    /// <summary>Reads all tensors.</summary>
    /// <returns>The tensors by name, in the header's order; the dictionary is the caller's to change.</returns>
    /// <exception cref="SafetensorsFormatException">An unsigned integer is too great for a tensor.</exception>
    /// <exception cref="ObjectDisposedException">The file has been closed.</exception>
    public OrderedDictionary<string, Tensor> ReadAll()
    {
        var tensors = new OrderedDictionary<string, Tensor>(header.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in header.Entries)
        {
            tensors.Add(entry.Name, Read(entry.Name));
        }

        return tensors;
    }

    /// <summary>Closes the file. Tensors that were read stay.</summary>
    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }

    private void ReadBytes(long start, Span<byte> bytes) => view.SafeMemoryMappedViewHandle.ReadSpan((ulong)start, bytes);

    private SafetensorsEntry Entry(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return byName.GetValueOrDefault(name)
            ?? throw new KeyNotFoundException($"SafetensorsFile: there is no tensor '{name}'. There are: {string.Join(", ", byName.Keys.Take(20))}{(byName.Count > 20 ? $" and {byName.Count - 20} more" : string.Empty)}.");
    }
}
