using System.IO.Compression;

namespace Autograd.NN;

/// <summary>Files that may be packed.</summary>
internal static class DataFile
{
    /// <summary>Opens a file for reading; one that ends in .gz is unpacked.</summary>
    public static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>All of a file, unpacked.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public static byte[] ReadAll(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var stream = Open(path);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw new DataException($"{path}: not a gzip file, or damaged: {exception.Message}", exception);
        }
    }
}
