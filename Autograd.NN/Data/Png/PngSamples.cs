using System.Buffers.Binary;
using System.IO.Compression;

namespace Autograd.NN;

/// <summary>The samples of a PNG image: unpacked, unfiltered, and put in their places.</summary>
internal static class PngSamples
{
    /// <summary>Where the pixels of each pass of an interlaced image begin, and how far they are apart.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>All samples, channel by channel of a pixel, pixel by pixel of a row, row by row.</summary>
    /// <param name="header">What the image is.</param>
    /// <param name="packed">The data as they stand in the file.</param>
    public static ushort[] Unpack(PngHeader header, MemoryStream packed)
    {
        packed.Position = 0;
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        var samples = new ushort[header.Width * header.Height * header.Channels];
        foreach (var (x, y, stepX, stepY) in header.IsInterlaced ? Passes : [(0, 0, 1, 1)])
        {
            var width = (header.Width - x + stepX - 1) / stepX;
            if (width <= 0)
            {
                continue;
            }

            var (row, before) = (new byte[header.RowBytes(width)], new byte[header.RowBytes(width)]);
            for (var line = y; line < header.Height; line += stepY)
            {
                ReadRow(stream, row, before, header.PixelBytes);
                for (var i = 0; i < width * header.Channels; i++)
                {
                    var (pixel, channel) = Math.DivRem(i, header.Channels);
                    samples[(((line * header.Width) + x + (pixel * stepX)) * header.Channels) + channel] = Sample(row, i, header.Depth);
                }

                (row, before) = (before, row);
            }
        }

        return samples;
    }

    private static ushort Sample(byte[] row, int index, int depth) => depth switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(2 * index)),
        8 => row[index],
        _ => (ushort)((row[index * depth / 8] >> (8 - depth - (index * depth % 8))) & ((1 << depth) - 1)),
    };

    /// <summary>Reads a row and undoes its filter, which has taken from each byte what those to the left and above foretold.</summary>
    private static void ReadRow(ZLibStream stream, byte[] row, byte[] before, int distance)
    {
        var filter = stream.ReadByte();
        if (stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
        {
            throw new InvalidDataException("there are fewer pixels than the header says.");
        }

        for (var i = 0; i < row.Length; i++)
        {
            var (left, above, corner) = (i < distance ? 0 : row[i - distance], (int)before[i], i < distance ? 0 : before[i - distance]);
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => above,
                3 => (left + above) / 2,
                4 => Nearest(left, above, corner),
                _ => throw new InvalidDataException($"a row has filter {filter}; there are 0 to 4."),
            });
        }
    }

    /// <summary>Of left, above and corner, that which is nearest to left + above − corner (Paeth 1991).</summary>
    private static int Nearest(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
