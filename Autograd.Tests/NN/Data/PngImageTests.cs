using System.Buffers.Binary;
using System.IO.Compression;
using Autograd.NN;

namespace Autograd.Tests.NN.Data;

internal sealed class PngImageTests
{
    private string path = string.Empty;

    [SetUp]
    public void MakeFile() => path = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(path);

    /// <summary>Random pixels, written with each filter in turn, come back.</summary>
    [Test]
    public void EveryKindIsRead(
        [Values("0.1", "0.2", "0.4", "0.8", "0.16", "2.8", "2.16", "4.8", "4.16", "6.8", "6.16")] string kindAndDepth, [Values] bool interlaced, [Values(1, 3, 13)] int width, [Values(1, 2, 11)] int height)
    {
        var (kind, depth) = (kindAndDepth[0] - '0', int.Parse(kindAndDepth[2..], System.Globalization.CultureInfo.InvariantCulture));
        var channels = kind switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var samples = RandomSamples(width * height * channels, 1 << depth);
        var expected = Array.ConvertAll(samples, sample => (float)sample / ((1 << depth) - 1));
        var image = Read(Image(width, height, depth, kind, interlaced, Pack(samples, width, height, channels, depth, interlaced)));
        Assert.That(image.Shape.ToArray(), Is.EqualTo(new[] { channels, height, width }));
        Assert.That(image.Permute(1, 2, 0).Flatten().ToArray<float>(), Is.EqualTo(expected));
    }

    [Test]
    public void APaletteIsReplacedByItsColours([Values(1, 2, 4, 8)] int depth)
    {
        var colours = 1 << Math.Min(depth, 4);
        byte[] palette = [.. Enumerable.Range(0, 3 * colours).Select(i => (byte)(i * 5))];
        var numbers = RandomSamples(5 * 4, colours);
        var file = Image(5, 4, depth, 3, false, Pack(numbers, 5, 4, 1, depth, false), ("PLTE", palette));
        Assert.That(Read(file).Permute(1, 2, 0).Flatten().ToArray<float>(), Is.EqualTo(numbers.SelectMany(number => Enumerable.Range(0, 3).Select(c => palette[(3 * number) + c] / 255f))));
        var transparent = Image(5, 4, depth, 3, false, Pack(numbers, 5, 4, 1, depth, false), ("PLTE", palette), ("tRNS", [7]));
        Assert.That(Read(transparent)[3].Flatten().ToArray<float>(), Is.EqualTo(numbers.Select(number => number == 0 ? 7 / 255f : 1)));
        Assert.That(() => Read(Image(1, 1, 8, 3, false, Pack([200], 1, 1, 1, 8, false), ("PLTE", palette))), Throws.InstanceOf<DataException>().With.Message.Contains("colour 200 of a palette of"));
    }

    [Test]
    public void OneColourMayBeTransparent()
    {
        var file = Image(2, 1, 8, 2, false, Pack([1, 2, 3, 1, 2, 4], 2, 1, 3, 8, false), ("tRNS", [0, 1, 0, 2, 0, 3]));
        Assert.That(Read(file)[3].Flatten().ToArray<float>(), Is.EqualTo(new[] { 0f, 1 }));
        Assert.That(Read(Image(2, 1, 8, 0, false, Pack([5, 6], 2, 1, 1, 8, false), ("tRNS", [0, 5])))[1].Flatten().ToArray<float>(), Is.EqualTo(new[] { 0f, 1 }));
    }

    [Test]
    public void DamageIsExplained()
    {
        var whole = Image(3, 3, 8, 2, false, Pack(RandomSamples(27, 256), 3, 3, 3, 8, false));
        Assert.That(() => Read(whole[..^1]), Throws.InstanceOf<DataException>().With.Message.Contains(path).And.Message.Contains("cut off"));
        for (var place = 0; place < whole.Length; place++)
        {
            var altered = (byte[])whole.Clone();
            altered[place] ^= 1;
            Assert.That(() => Read(altered), Throws.InstanceOf<DataException>(), $"byte {place}");
        }

        Assert.That(() => Read("GIF89a"u8.ToArray()), Throws.InstanceOf<DataException>().With.Message.Contains("not a PNG image"));
        Assert.That(() => Read(Image(3, 3, 3, 2, false, [])), Throws.InstanceOf<DataException>().With.Message.Contains("3×3 pixels, 3 bits, colour type 2"));
        Assert.That(() => Read(Image(3, 4, 8, 2, false, Pack(RandomSamples(27, 256), 3, 3, 3, 8, false))), Throws.InstanceOf<DataException>().With.Message.Contains("fewer pixels"));
        Assert.That(() => Read(Image(1, 1, 8, 0, false, [9, 0])), Throws.InstanceOf<DataException>().With.Message.Contains("filter 9"));
        Assert.That(() => Read(Image(1, 1, 8, 0, false, [0, 0], ("ABCD", []))), Throws.InstanceOf<DataException>().With.Message.Contains("'ABCD'"));
        Assert.That(Read(Image(1, 1, 8, 0, false, [0, 255], ("teXt", [1]))).Item(), Is.EqualTo(1), "What need not be known is passed over.");
    }

    private Tensor Read(byte[] file)
    {
        File.WriteAllBytes(path, file);
        return PngImage.Read(path);
    }

    private static ushort[] RandomSamples(int count, int range) => Array.ConvertAll(Tensor.RandInt(0, range, [count], new Generator(3)).ToArray<long>(), value => (ushort)value);

    /// <summary>Rows of bits, one filter after the other.</summary>
    private static byte[] Pack(ushort[] samples, int width, int height, int channels, int depth, bool interlaced)
    {
        var rows = new List<byte>();
        (int X, int Y, int StepX, int StepY)[] passes = interlaced ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)] : [(0, 0, 1, 1)];
        foreach (var pass in passes)
        {
            byte[]? before = null;
            for (var y = pass.Y; y < height; y += pass.StepY)
            {
                var bits = new List<bool>();
                for (var x = pass.X; x < width; x += pass.StepX)
                {
                    for (var c = 0; c < channels; c++)
                    {
                        for (var bit = depth - 1; bit >= 0; bit--)
                        {
                            bits.Add((samples[(((y * width) + x) * channels) + c] >> bit & 1) == 1);
                        }
                    }
                }

                if (bits.Count > 0)
                {
                    byte[] row = [.. bits.Chunk(8).Select(eight => (byte)eight.Select((bit, i) => bit ? 128 >> i : 0).Sum())];
                    rows.AddRange(Filtered(row, before ?? new byte[row.Length], Math.Max(1, channels * depth / 8), filter: y % 5));
                    before = row;
                }
            }
        }

        return [.. rows];
    }

    private static byte[] Filtered(byte[] row, byte[] above, int distance, int filter) =>
    [
        (byte)filter,
        .. row.Select((value, i) =>
        {
            var (a, b, c) = (i < distance ? 0 : row[i - distance], (int)above[i], i < distance ? 0 : above[i - distance]);
            int[] nearest = [a, b, c];
            return (byte)(value - (filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => nearest.MinBy(x => Math.Abs(a + b - c - x)) }));
        }),
    ];

    private static byte[] Image(int width, int height, int depth, int kind, bool interlaced, byte[] rows, params (string Type, byte[] Data)[] parts)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(rows);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)kind, interlaced ? (byte)1 : (byte)0);
        var data = packed.ToArray();
        var file = new List<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        foreach (var (type, bytes) in parts.Prepend(("IHDR", header)).Append(("IDAT", data[..(data.Length / 2)])).Append(("IDAT", data[(data.Length / 2)..])).Append(("IEND", [])))
        {
            byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. bytes];
            var (length, sum) = (new byte[4], new byte[4]);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            BinaryPrimitives.WriteUInt32BigEndian(sum, Autograd.Display.Png.CheckSum(body));
            file.AddRange([.. length, .. body, .. sum]);
        }

        return [.. file];
    }
}
