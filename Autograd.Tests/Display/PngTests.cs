using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Autograd.Display;

namespace Autograd.Tests.Display;

/// <summary>A picture is read back pixel by pixel by a reader of our own, and its checks are right.</summary>
internal sealed class PngTests
{
    [Test]
    public void Pixels_come_back([Values(1, 3, 64)] int width, [Values(1, 5)] int height)
    {
        var pixels = new byte[4 * width * height];
        new Random(1).NextBytes(pixels);
        var (readWidth, read) = Decode(Png.Encode(pixels, width));
        Assert.That(readWidth, Is.EqualTo(width));
        Assert.That(read, Is.EqualTo(pixels));
    }

    [Test]
    public void The_check_is_the_standards()
    {
        // The chunk without contents that ends every file has the check AE 42 60 82.
        Assert.That(Png.Encode([0, 0, 0, 0], 1)[^4..], Is.EqualTo(new byte[] { 0xAE, 0x42, 0x60, 0x82 }));
    }

    /// <summary>The width and the pixels of a file.</summary>
    public static (int Width, byte[] Pixels) Decode(byte[] file)
    {
        Assert.That(file[..8], Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));
        var (width, pixels) = (0, Array.Empty<byte>());
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var data = file.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "IHDR":
                    width = BinaryPrimitives.ReadInt32BigEndian(data);
                    Assert.That(data[8..].ToArray(), Is.EqualTo(new byte[] { 8, 6, 0, 0, 0 }));
                    break;
                case "IDAT":
                    using (var zlib = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress))
                    using (var rows = new MemoryStream())
                    {
                        zlib.CopyTo(rows);
                        pixels = [.. rows.ToArray().Chunk((4 * width) + 1).SelectMany(row => row.Skip(1))];
                    }

                    break;
            }

            at += 12 + length;
        }

        return (width, pixels);
    }
}
