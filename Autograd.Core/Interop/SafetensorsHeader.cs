using System.Buffers.Binary;

namespace Autograd.Interop;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">The type of its elements.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Start">Where its bytes begin, behind the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsElement Element, Shape Shape, long Start, long End);

/// <summary>What a safetensors file says before its data: 8 bytes with the length of a JSON object, which maps names to element types, shapes and places; <c>__metadata__</c> maps texts to texts.</summary>
/// <param name="Entries">The tensors, in the header's order.</param>
/// <param name="Metadata">Texts by name.</param>
/// <param name="DataStart">Where the data begin in the file.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    /// <summary>The length of the length.</summary>
    public const int PrefixLength = 8;

    /// <summary>The longest header that is read, as elsewhere in the field: a million tensors have shorter ones.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>Reads a header.</summary>
    /// <param name="read">Fills a span with the bytes from a place of the file on.</param>
    /// <param name="fileLength">The length of the whole file.</param>
    /// <exception cref="SafetensorsFormatException">It is not one, or describes what no tensor can hold.</exception>
    public static SafetensorsHeader Read(ReadBytes read, long fileLength)
    {
        if (fileLength < PrefixLength)
        {
            throw new SafetensorsFormatException($"Safetensors: {fileLength} bytes are too few for a file, which begins with the length of its header (8 bytes).");
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        read(0, prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader || length > (ulong)(fileLength - PrefixLength))
        {
            throw new SafetensorsFormatException(
                $"Safetensors: the first 8 bytes, {Convert.ToHexString(prefix)}, give the header {length} bytes; the file has {fileLength}, and more than {LongestHeader} are not read. This is not a safetensors file, or it was cut off.");
        }

        var text = new byte[(int)length];
        read(PrefixLength, text);
        var (entries, metadata) = SafetensorsHeaderText.Parse(text);
        RequireNoGaps(entries, fileLength - PrefixLength - text.Length);
        return new(entries, metadata, PrefixLength + text.Length);
    }

    /// <summary>The bytes of the tensors follow each other without gaps or overlaps and fill the file: nothing can hide in it, and nothing is read twice.</summary>
    private static void RequireNoGaps(IReadOnlyList<SafetensorsEntry> entries, long dataLength)
    {
        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
        {
            if (entry.Start != end)
            {
                throw new SafetensorsFormatException(
                    $"Safetensors: '{entry.Name}' begins at byte {entry.Start} of the data, {(entry.Start < end ? "inside another tensor" : "behind a gap")}: tensors follow each other, and the one before ends at {end}.");
            }

            end = entry.End;
        }

        if (end != dataLength)
        {
            throw new SafetensorsFormatException($"Safetensors: the tensors take {end} bytes, but {dataLength} follow the header: the file {(end > dataLength ? "was cut off" : "holds something else besides")}.");
        }
    }
}

/// <summary>Fills a span with the bytes from a place on.</summary>
/// <param name="start">The place of the first byte.</param>
/// <param name="bytes">Where they go.</param>
internal delegate void ReadBytes(long start, Span<byte> bytes);
