using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Autograd.NN;

/// <summary>Images in the formats PGM and PPM, plain (P2, P3) and raw (P5, P6), 8 or 16 bits.</summary>
public static class NetPbm
{
    /// <summary>Reads an image.</summary>
    /// <param name="path">The file; one that ends in .gz is unpacked.</param>
    /// <returns>[channels, height, width], Float32, 0 to 1; 1 channel of PGM, red, green and blue of PPM.</returns>
    /// <exception cref="DataException">It is not such a file, or damaged.</exception>
    public static Tensor Read(string path)
    {
        var bytes = DataFile.ReadAll(path);
        var place = 0;
        var kind = bytes.Length > 2 && bytes[0] == 'P' ? (char)bytes[1] : ' ';
        if (kind is not ('2' or '3' or '5' or '6'))
        {
            throw new DataException($"{path}: not a PGM or PPM image: it does not begin with P2, P3, P5 or P6.");
        }

        place = 2;
        var (width, height, most) = (NextNumber(bytes, ref place, path), NextNumber(bytes, ref place, path), NextNumber(bytes, ref place, path));
        var channels = kind is '3' or '6' ? 3 : 1;
        var count = (long)width * height * channels;
        if (width < 1 || height < 1 || most is < 1 or > 65535 || count > int.MaxValue)
        {
            throw new DataException($"{path}: an image of {width}×{height} with values up to {most} cannot be.");
        }

        var size = most > 255 ? 2 : 1;
        if (kind is '5' or '6' && bytes.Length - place - 1 < count * size)
        {
            throw new DataException($"{path}: the header says {width}×{height} pixels, {count * size} bytes, but {Math.Max(0, bytes.Length - place - 1)} follow it.");
        }

        var pixels = new float[count];
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = kind is '2' or '3' ? NextNumber(bytes, ref place, path)
                : size == 1 ? bytes[place + 1 + i]
                : BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(place + 1 + (2 * i)));
            pixels[i] = (float)value / most;
        }

        return Tensor.From(pixels, [height, width, channels]).Permute(2, 0, 1);
    }

    /// <summary>The next number of a header, behind spaces and comments.</summary>
    private static int NextNumber(byte[] bytes, ref int place, string path)
    {
        while (place < bytes.Length && (bytes[place] <= ' ' || bytes[place] == '#'))
        {
            if (bytes[place] == '#')
            {
                while (place < bytes.Length && bytes[place] != '\n')
                {
                    place++;
                }
            }

            place++;
        }

        var start = place;
        while (place < bytes.Length && char.IsAsciiDigit((char)bytes[place]))
        {
            place++;
        }

        return int.TryParse(Encoding.ASCII.GetString(bytes, start, Math.Min(place, bytes.Length) - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new DataException($"{path}: a number is missing at byte {start}.");
    }
}
