using Autograd.Optim.Checkpoints;

namespace Autograd.Optim;

/// <summary>A file that keeps tensors and texts so that they are either all there or not at all: safetensors, with a check sum over every byte, written beside the former file and put in its place; that one is kept as <c>path.previous</c>.</summary>
public sealed class Checkpoint
{
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
    /// <param name="texts">Texts by name; <c>sha256</c> is the check sum's.</param>
    /// <exception cref="ArgumentException">A text has the check sum's name.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(texts);

        // Drafts of writers that were killed.
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        foreach (var draft in Directory.GetFiles(folder, System.IO.Path.GetFileName(path) + ".next*"))
        {
            File.Delete(draft);
        }

        var next = path + ".next";
        SealedFile.Write(next, tensors, texts);
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
                var (tensors, texts) = SealedFile.Read(candidate);
                return new(tensors, texts, candidate) { Refused = refusals.Count == 0 ? null : refusals[0] };
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
}

/// <summary>A checkpoint is damaged, or of another run.</summary>
/// <param name="message">What is wrong with which file.</param>
public sealed class CheckpointException(string message) : Exception(message);
