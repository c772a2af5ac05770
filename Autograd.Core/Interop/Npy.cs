using System.Runtime.InteropServices;
using Autograd.Interop;

namespace Autograd;

/// <summary>Array files of NumPy (<c>.npy</c>), read and written. Nothing in a file is ever run: pickled objects are refused.</summary>
public static class Npy
{
    /// <summary>Bytes that are read, or elements that are written, at a time; a multiple of every element's size.</summary>
    private const int ChunkLength = 1 << 20;

    /// <summary>Reads the array of a file.</summary>
    /// <remarks>Bool gives Bool; integers of any size Int64; half and single precision Float32; double precision Float64. Both orders of bytes and of dimensions are read, and versions 1.0 to 3.0 of the format.</remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="NpyFormatException">The file is not an array file, ends too early or too late, or holds what no tensor can.</exception>
    public static Tensor Load(string path)
    {
        using var stream = File.OpenRead(path);
        return LoadAll(stream);
    }

    /// <summary>Reads an array from a stream, which is left behind its last byte: several arrays may follow each other.</summary>
    /// <param name="stream">The stream. One that cannot seek is believed only as far as its data arrive: a header that promises much reserves no memory.</param>
    /// <exception cref="NpyFormatException">There is no array, its data end too early, or it holds what no tensor can.</exception>
    public static Tensor Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = NpyHeader.Read(stream);
        if (stream.CanSeek)
        {
            RequireLength(header, stream.Length - stream.Position);
        }

        var arrived = stream.CanSeek || header.DataLength <= ChunkLength ? null : ReadChunks(stream, header);
        int[] sizes = header.IsFortranOrder ? [.. header.Shape.Reverse()] : header.Shape.ToArray();
        var tensor = Allocate.Tensor(Shape.Create(sizes), header.Element.DType);
        var chunk = arrived is null ? new byte[Math.Min(ChunkLength, header.DataLength)] : [];
        for (var done = 0L; done < header.DataLength; done += ChunkLength)
        {
            var bytes = (arrived?[(int)(done / ChunkLength)] ?? chunk).AsSpan(0, (int)Math.Min(ChunkLength, header.DataLength - done));
            if (arrived is null)
            {
                NpyHeader.ReadExactly(stream, bytes, "the elements");
            }

            header.Element.Convert(bytes, tensor, (int)(done / header.Element.ByteSize));
        }

        GC.KeepAlive(tensor);
        return header.IsFortranOrder ? tensor.Permute([.. Enumerable.Range(0, sizes.Length).Reverse()]) : tensor;
    }

    /// <summary>Writes a tensor's values to a file, as <c>numpy.save</c> does: row-major, of its own element type.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensor">The tensor.</param>
    public static void Save(string path, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var stream = File.Create(path);
        Save(stream, tensor);
    }

    /// <summary>Writes a tensor's values to a stream, as <c>numpy.save</c> does: row-major, of its own element type.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tensor">The tensor.</param>
    public static void Save(Stream stream, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensor);
        var source = tensor.RowMajor();
        new NpyHeader(NpyElement.Of(source.DType), IsFortranOrder: false, source.Shape).Write(stream);
        for (var done = 0; done < source.ElementCount; done += ChunkLength)
        {
            stream.Write(Bytes(source, done, Math.Min(ChunkLength, source.ElementCount - done)));
        }

        GC.KeepAlive(source);
    }

    /// <summary>Reads an array after which nothing may follow.</summary>
    internal static Tensor LoadAll(Stream stream)
    {
        var tensor = Load(stream);
        return stream.ReadByte() < 0
            ? tensor
            : throw new NpyFormatException($"Npy: something follows the elements of an array of shape {tensor.Shape} and type {tensor.DType}. To read several arrays from one file, use Npy.Load(Stream).");
    }

    private static ReadOnlySpan<byte> Bytes(Tensor source, int start, int count) => source.DType switch
    {
        DType.Bool => MemoryMarshal.AsBytes(source.Elements<bool>().Slice(start, count)),
        DType.Int64 => MemoryMarshal.AsBytes(source.Elements<long>().Slice(start, count)),
        DType.Float32 => MemoryMarshal.AsBytes(source.Elements<float>().Slice(start, count)),
        _ => MemoryMarshal.AsBytes(source.Elements<double>().Slice(start, count)),
    };

    /// <summary>The data of a stream of unknown length: never more memory than has arrived.</summary>
    private static List<byte[]> ReadChunks(Stream stream, NpyHeader header)
    {
        var chunks = new List<byte[]>();
        for (var left = header.DataLength; left > 0; left -= ChunkLength)
        {
            var chunk = new byte[Math.Min(ChunkLength, left)];
            NpyHeader.ReadExactly(stream, chunk, "the elements");
            chunks.Add(chunk);
        }

        return chunks;
    }

    private static void RequireLength(NpyHeader header, long length)
    {
        if (length < header.DataLength)
        {
            throw new NpyFormatException($"Npy: the data end within the elements: shape {header.Shape} of '{header.Element.Descriptor}' takes {header.DataLength} bytes, and {length} are left.");
        }
    }
}
