using System.Security.Cryptography;
using System.Text;
using Autograd.Interop;

namespace Autograd.Optim.Checkpoints;

/// <summary>A safetensors file whose first text is a SHA-256 over every byte of it, in which the sum's own digits count as zeros: whatever is altered, cut off or appended is noticed.</summary>
internal static class SealedFile
{
    private const string SumName = "sha256";
    private const int ChunkLength = 1 << 16;

    private static readonly string Blank = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>What comes before the sum, behind the length of the header.</summary>
    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes($"{{\"__metadata__\":{{\"{SumName}\":\"");

    private static readonly int SumPlace = SafetensorsHeader.PrefixLength + Beginning.Length;

    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> texts)
    {
        var metadata = new OrderedDictionary<string, string>(StringComparer.Ordinal) { [SumName] = Blank };
        foreach (var (name, text) in texts)
        {
            if (!metadata.TryAdd(name, text))
            {
                throw new ArgumentException($"Checkpoint.Save: the name '{name}' is the check sum's; give the text another one.", nameof(texts));
            }
        }

        ReplacedFile.Write(path, stream =>
        {
            using var hash = SHA256.Create();
            using (var hashing = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
            {
                Safetensors.Save(hashing, tensors, metadata);
            }

            stream.Position = SumPlace;
            stream.Write(Digits(hash.Hash!));
        });
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">It is not as it was written.</exception>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Texts) Read(string path)
    {
        Verify(path);
        using var file = Safetensors.Open(path);
        var texts = new Dictionary<string, string>(file.Metadata, StringComparer.Ordinal);
        texts.Remove(SumName);
        return (file.ReadAll(), texts);
    }

    private static void Verify(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[ChunkLength];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length < SumPlace + Blank.Length || !bytes.AsSpan(SafetensorsHeader.PrefixLength, Beginning.Length).SequenceEqual(Beginning))
        {
            throw new CheckpointException($"'{path}' has no check sum at its beginning: it was altered or cut off, or is not a checkpoint.");
        }

        var sum = bytes.AsSpan(SumPlace, Blank.Length);
        var written = sum.ToArray();
        sum.Fill((byte)'0');
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (; length > 0; length = stream.Read(bytes))
        {
            hash.AppendData(bytes, 0, length);
        }

        if (!Digits(hash.GetHashAndReset()).AsSpan().SequenceEqual(written))
        {
            throw new CheckpointException($"'{path}' was altered or cut off: its check sum is not that of its bytes.");
        }
    }

    private static byte[] Digits(byte[] sum) => Encoding.ASCII.GetBytes(Convert.ToHexString(sum));
}
