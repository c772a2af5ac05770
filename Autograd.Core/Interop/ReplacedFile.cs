namespace Autograd.Interop;

/// <summary>Writes files whole or not at all: a crash in between leaves the former file as it was.</summary>
internal static class ReplacedFile
{
    /// <summary>Writes to a file beside the final one, and then puts it in its place.</summary>
    /// <param name="path">The final file.</param>
    /// <param name="write">What writes it.</param>
    public static void Write(string path, Action<Stream> write)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
