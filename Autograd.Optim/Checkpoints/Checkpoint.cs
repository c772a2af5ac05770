using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Autograd.Optim;

/// <summary>A file that keeps tensors and texts so that they are either all there or not at all: safetensors, with a check sum over all of it, written beside the former file and put in its place; that one is kept as <c>path.previous</c>.</summary>
public sealed class Checkpoint
{
    private const string SumName = "sha256";

    private Checkpoint(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> texts, string path) => (Tensors, Texts, Path) = (tensors, texts, path);

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The texts by name.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>Why the newest file was not taken but the one before it; null if it was.</summary>
    public string? Refused { get; private init; }

    /// <summary>Writes a file. Wherever the program is killed meanwhile, <see cref="Load"/> finds this state or the one before it, whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Tensors by name.</param>
    /// <param name="texts">Texts by name.</param>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(texts);
        var metadata = new Dictionary<string, string>(texts, StringComparer.Ordinal) { [SumName] = Sum(tensors, texts) };

        // Drafts of writers that were killed.
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        foreach (var draft in Directory.GetFiles(folder, System.IO.Path.GetFileName(path) + ".next*"))
        {
            File.Delete(draft);
        }

        var next = path + ".next";
        Safetensors.Save(next, tensors, metadata);
        if (File.Exists(path))
        {
            File.Move(path, PreviousOf(path), overwrite: true);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>Reads the newest file that is whole.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it keeps; null if there is neither the file nor the one before it.</returns>
    /// <exception cref="CheckpointException">There are files, but none is whole.</exception>
    public static Checkpoint? Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var refusals = new List<string>();
        foreach (var candidate in new[] { path, PreviousOf(path) })
        {
            if (!File.Exists(candidate))
            {
                continue;
            }

            try
            {
                return new(Read(candidate, out var texts), texts, candidate) { Refused = refusals.Count == 0 ? null : refusals[0] };
            }
            catch (Exception exception) when (exception is SafetensorsFormatException or CheckpointException)
            {
                refusals.Add(exception.Message);
            }
        }

        return refusals.Count == 0 ? null : throw new CheckpointException($"Checkpoint.Load: there is no whole checkpoint. {string.Join(" ", refusals)} Remove the files to begin anew.");
    }

    /// <summary>Those of the tensors whose names begin with a prefix, without it.</summary>
    /// <param name="prefix">The prefix.</param>
    public OrderedDictionary<string, Tensor> Part(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var part = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in Tensors)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                part.Add(name[prefix.Length..], tensor);
            }
        }

        return part;
    }

    private static string PreviousOf(string path) => path + ".previous";

    private static OrderedDictionary<string, Tensor> Read(string path, out IReadOnlyDictionary<string, string> texts)
    {
        using var file = Safetensors.Open(path);
        var tensors = file.ReadAll();
        var kept = new Dictionary<string, string>(file.Metadata, StringComparer.Ordinal);
        if (!kept.Remove(SumName, out var sum))
        {
            throw new CheckpointException($"'{path}' is a safetensors file without a check sum: it is not a checkpoint of a training run.");
        }

        texts = kept;
        return Sum(tensors, kept) == sum ? tensors : throw new CheckpointException($"'{path}' was altered: its check sum is not that of its contents.");
    }

    /// <summary>SHA-256 over all names, shapes, element types, bytes and texts.</summary>
    private static string Sum(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}:")));
            hash.AppendData(bytes);
        }

        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add($"{name} {tensor.DType} {tensor.Shape}");
            var values = tensor.RowMajor();
            if (values.ElementCount > 0)
            {
                hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref values.ElementAt(0), checked(values.ElementCount * values.DType.ByteSize)));
            }

            GC.KeepAlive(values);
        }

        foreach (var (name, text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(text);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

/// <summary>A checkpoint is damaged, or of another run.</summary>
/// <param name="message">What is wrong with which file.</param>
public sealed class CheckpointException(string message) : Exception(message);
