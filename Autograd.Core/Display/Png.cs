using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Autograd.Display;

/// <summary>A picture of pixels with opacity, in the PNG format (ISO/IEC 15948).</summary>
internal static class Png
{
    private const byte TrueColourWithAlpha = 6;

    private static readonly uint[] Remainders = CreateRemainders();

    /// <summary>The address of a picture that carries its data with it.</summary>
    /// <param name="pixels">Red, green, blue, opacity of each pixel, row by row.</param>
    /// <param name="width">Pixels a row.</param>
    public static string DataAddress(ReadOnlySpan<byte> pixels, int width) => "data:image/png;base64," + Convert.ToBase64String(Encode(pixels, width));

    /// <summary>The bytes of a file.</summary>
    /// <inheritdoc cref="DataAddress" path="/param"/>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], pixels.Length / (4 * width));
        header[8] = 8;
        header[9] = TrueColourWithAlpha;
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Compress(pixels, 4 * width));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The check sum of a part of a file: the cyclic redundancy check of ISO 3309.</summary>
    public static uint CheckSum(ReadOnlySpan<byte> data) => ~Update(uint.MaxValue, data);

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowLength)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            for (var start = 0; start < pixels.Length; start += rowLength)
            {
                // Every row begins with the number of its filter; 0 is none.
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(start, rowLength));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        var name = Encoding.ASCII.GetBytes(type);
        file.Write(name);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Update(Update(uint.MaxValue, name), data));
        file.Write(number);
    }

    private static uint Update(uint remainder, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            remainder = Remainders[(byte)(remainder ^ value)] ^ (remainder >> 8);
        }

        return remainder;
    }

    private static uint[] CreateRemainders()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var remainder = i;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 1 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
            }

            table[i] = remainder;
        }

        return table;
    }
}
