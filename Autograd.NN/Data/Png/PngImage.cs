using System.Buffers.Binary;
using System.Text;

namespace Autograd.NN;

/// <summary>Images in the format PNG (ISO/IEC 15948): all colour types and depths, with or without interlacing.</summary>
public static class PngImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads an image.</summary>
    /// <param name="path">The file.</param>
    /// <returns>[channels, height, width], Float32, 0 to 1; 1 channel of grey pictures, 2 with opacity, 3 of coloured ones (red, green, blue), 4 with opacity. A palette is replaced by its colours; of gamma and colour profiles nothing is applied.</returns>
    /// <exception cref="DataException">It is not such a file, or damaged.</exception>
    public static Tensor Read(string path)
    {
        var bytes = DataFile.ReadAll(path);
        if (!bytes.AsSpan().StartsWith(Signature))
        {
            throw new DataException($"{path}: not a PNG image: it does not begin with the bytes {Convert.ToHexString(Signature)}.");
        }

        try
        {
            return Decode(bytes);
        }
        catch (InvalidDataException exception)
        {
            throw new DataException($"{path}: a damaged PNG image: {exception.Message}", exception);
        }
    }

    private static Tensor Decode(ReadOnlySpan<byte> bytes)
    {
        PngHeader? header = null;
        byte[] palette = [], opacities = [];
        var isTransparent = false;
        using var packed = new MemoryStream();
        var place = Signature.Length;
        while (true)
        {
            var (type, data) = NextChunk(bytes, ref place);
            switch (type)
            {
                case "IHDR":
                    header = PngHeader.Read(data);
                    break;
                case "PLTE":
                    palette = data.ToArray();
                    break;
                case "tRNS":
                    (opacities, isTransparent) = (data.ToArray(), true);
                    break;
                case "IDAT":
                    packed.Write(data);
                    break;
                case "IEND":
                    var known = header ?? throw new InvalidDataException("it has no header.");
                    var samples = PngSamples.Unpack(known, packed);
                    return known.HasPalette ? Paint(known, samples, palette, opacities)
                        : isTransparent ? WithOpacity(known, samples, opacities)
                        : Arrange(samples, known, known.Channels, known.Most);
                default:
                    if (char.IsAsciiLetterUpper(type[0]))
                    {
                        throw new InvalidDataException($"it has a part '{type}' that nobody knows, but that must be known to read it.");
                    }

                    break;
            }
        }
    }

    /// <summary>The type and the data of the next part, whose check sum is right.</summary>
    private static (string Type, byte[] Data) NextChunk(ReadOnlySpan<byte> bytes, ref int place)
    {
        var rest = bytes[place..];
        var length = rest.Length < 12 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - 12)
        {
            throw new InvalidDataException($"it is cut off at byte {bytes.Length}.");
        }

        var sum = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]);
        if (sum != Autograd.Display.Png.CheckSum(rest.Slice(4, 4 + (int)length)))
        {
            throw new InvalidDataException($"the check sum of the part at byte {place} is wrong.");
        }

        place += 12 + (int)length;
        return (Encoding.Latin1.GetString(rest.Slice(4, 4)), rest.Slice(8, (int)length).ToArray());
    }

    /// <summary>Colours in place of their numbers; with opacity if any colour is transparent.</summary>
    private static Tensor Paint(PngHeader header, ushort[] numbers, byte[] palette, byte[] opacities)
    {
        var channels = opacities.Length > 0 ? 4 : 3;
        var samples = new ushort[numbers.Length * channels];
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = numbers[i];
            if (3 * number >= palette.Length - 2)
            {
                throw new InvalidDataException($"a pixel has colour {number} of a palette of {palette.Length / 3}.");
            }

            for (var c = 0; c < channels; c++)
            {
                samples[(i * channels) + c] = c < 3 ? palette[(3 * number) + c] : number < opacities.Length ? opacities[number] : (ushort)255;
            }
        }

        return Arrange(samples, header, channels, 255);
    }

    /// <summary>One colour, or one grey, is transparent.</summary>
    private static Tensor WithOpacity(PngHeader header, ushort[] samples, byte[] transparent)
    {
        var channels = header.Channels;
        if (transparent.Length != 2 * channels || header.HasOpacity)
        {
            throw new InvalidDataException("the part tRNS does not fit the kind of picture.");
        }

        var mixed = new ushort[samples.Length / channels * (channels + 1)];
        for (var i = 0; i < samples.Length / channels; i++)
        {
            var isSeen = false;
            for (var c = 0; c < channels; c++)
            {
                var sample = mixed[(i * (channels + 1)) + c] = samples[(i * channels) + c];
                isSeen |= sample != BinaryPrimitives.ReadUInt16BigEndian(transparent.AsSpan(2 * c));
            }

            mixed[(i * (channels + 1)) + channels] = isSeen ? (ushort)header.Most : (ushort)0;
        }

        return Arrange(mixed, header, channels + 1, header.Most);
    }

    private static Tensor Arrange(ushort[] samples, PngHeader header, int channels, int most)
        => Tensor.From(Array.ConvertAll(samples, sample => (float)sample / most), [header.Height, header.Width, channels]).Permute(2, 0, 1);
}
