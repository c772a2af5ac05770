using System.Buffers.Binary;

namespace Autograd.NN;

/// <summary>What a PNG image is.</summary>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits of a sample.</param>
/// <param name="Kind">The colour type: a sum of 1 for a palette, 2 for colour, 4 for opacity.</param>
/// <param name="IsInterlaced">Whether the pixels come in seven passes (Adam7).</param>
internal sealed record PngHeader(int Width, int Height, int Depth, int Kind, bool IsInterlaced)
{
    public bool HasPalette => Kind == 3;

    public bool HasOpacity => (Kind & 4) != 0;

    /// <summary>Samples of a pixel in the file.</summary>
    public int Channels => Kind switch
    {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };

    /// <summary>The greatest sample.</summary>
    public int Most => (1 << Depth) - 1;

    /// <summary>Bytes of a row of pixels, its filter apart.</summary>
    public int RowBytes(int width) => checked(((width * Channels * Depth) + 7) / 8);

    /// <summary>Bytes between a sample and the one before of the same channel, at least 1.</summary>
    public int PixelBytes => Math.Max(1, Channels * Depth / 8);

    public static PngHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13)
        {
            throw new InvalidDataException($"its header has {data.Length} bytes in place of 13.");
        }

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
        var (depth, kind) = ((int)data[8], (int)data[9]);
        var isPossible = kind switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (width < 1 || height < 1 || (long)width * height * 8 > int.MaxValue || !isPossible || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new InvalidDataException($"an image of {width}×{height} pixels, {depth} bits, colour type {kind}, compression {data[10]}, filter {data[11]} and interlacing {data[12]} cannot be.");
        }

        return new(width, height, depth, kind, data[12] == 1);
    }
}
