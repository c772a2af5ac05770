using System.IO.Compression;

namespace Autograd;

/// <summary>Archives of NumPy's array files (<c>.npz</c>): a dictionary of tensors, read and written.</summary>
public static class Npz
{
    private const string Extension = ".npy";

    // Of every entry, so that equal tensors give equal files.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads all arrays of an archive, compressed or not.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors by name, in the archive's order.</returns>
    /// <exception cref="NpyFormatException">The file is no archive, holds something else than arrays, or a name comes twice.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Load(stream);
    }

    /// <summary>Reads all arrays of an archive, compressed or not.</summary>
    /// <param name="stream">The archive.</param>
    /// <returns>The tensors by name, in the archive's order.</returns>
    /// <exception cref="NpyFormatException">The data are no archive, hold something else than arrays, or a name comes twice.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var tensors = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
            foreach (var entry in archive.Entries)
            {
                var name = entry.FullName.EndsWith(Extension, StringComparison.Ordinal)
                    ? entry.FullName[..^Extension.Length]
                    : throw new NpyFormatException($"Npz: '{entry.FullName}' in the archive is not an array file (its name does not end in .npy).");
                if (tensors.ContainsKey(name))
                {
                    throw new NpyFormatException($"Npz: '{name}' is twice in the archive.");
                }

                tensors.Add(name, Load(entry));
            }

            return tensors;
        }
        catch (InvalidDataException exception)
        {
            throw new NpyFormatException($"Npz: the data are not an archive, or a damaged one: {exception.Message}", exception);
        }
    }

    /// <summary>Writes tensors to a file, as <c>numpy.savez</c> does (<c>savez_compressed</c>, if compressed).</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="compress">Whether to compress.</param>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var stream = File.Create(path);
        Save(stream, tensors, compress);
    }

    /// <summary>Writes tensors to a stream, as <c>numpy.savez</c> does (<c>savez_compressed</c>, if compressed).</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="compress">Whether to compress.</param>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public static void Save(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"Npz.Save: the name '{name}' comes twice.", nameof(tensors));
            }

            var entry = archive.CreateEntry(name + Extension, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            entry.LastWriteTime = Time;
            using var data = entry.Open();
            Npy.Save(data, tensor);
        }
    }

    private static Tensor Load(ZipArchiveEntry entry)
    {
        using var data = entry.Open();
        try
        {
            return Npy.LoadAll(data);
        }
        catch (NpyFormatException exception)
        {
            throw new NpyFormatException($"Npz: '{entry.FullName}' in the archive: {exception.Message}", exception);
        }
    }
}
