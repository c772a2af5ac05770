using System.Buffers.Binary;
using System.Text;
using Autograd.Tests.Generators;
using FsCheck.Fluent;

namespace Autograd.Tests.Interop;

/// <summary>Data that only pretend to be safetensors files are refused, with a typed exception and without reserving what they promise.</summary>
internal sealed class SafetensorsFormatTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [TestCase(Good)]
    [TestCase("""{"a":{"data_offsets":[0,8],"shape":[2,1],"dtype":"F32"}}      """)]
    [TestCase("""{"__metadata__":{"a":"b"},"a":{"dtype":"F64","shape":[],"data_offsets":[0,8]}}""")]
    [TestCase("""{"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""")]
    [TestCase("""{"e":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"f":{"dtype":"I8","shape":[3,0],"data_offsets":[8,8]}}""")]
    public void Headers_that_are_read(string header) => Assert.That(Load(File(header, 8))["a"].Sum().Item(), Is.Zero);

    [TestCase("", "begin with '{'")]
    [TestCase(" {}", "begin with '{'")]
    [TestCase("[]", "begin with '{'")]
    [TestCase("{", "not the JSON")]
    [TestCase("{}", "the tensors take 0 bytes, but 8 follow")]
    [TestCase(Good + "x", "not the JSON")]
    [TestCase(Good + "{}", "not the JSON")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}""", "not the JSON")]
    [TestCase("""{"a":1}""", "described by an object")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2]}}""", "one of them is missing")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "none of dtype")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"shape":[2]}}""", "comes twice")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'a' comes twice")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'a' comes twice")]
    [TestCase("""{"__metadata__":{},"__metadata__":{},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "comes twice")]
    [TestCase("""{"__metadata__":{"x":"1","x":"2"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "'x' comes twice")]
    [TestCase("""{"__metadata__":{"x":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "is a text")]
    [TestCase("""{"__metadata__":[],"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "object of texts")]
    [TestCase("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", "F8_E4M3")]
    [TestCase("""{"a":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}""", "no tensor can hold")]
    [TestCase("""{"a":{"dtype":4,"shape":[2],"data_offsets":[0,8]}}""", "is a text")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "whole numbers")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "whole numbers")]
    [TestCase("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "whole numbers")]
    [TestCase("""{"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", "whole numbers")]
    [TestCase("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "whole numbers")]
    [TestCase("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}}""", "'a': ")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,4],"data_offsets":[0,8]}}""", "'a': ")]
    [TestCase("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "takes 12 bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "takes 8 bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", "missing")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", "at most 2")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "behind a gap")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "was cut off")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "holds something else")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "inside another tensor")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "inside another tensor")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}}""", "behind a gap")]
    [TestCase("""{"a":{"dtype":"U64","shape":[1],"data_offsets":[0,8]}}""", "unsigned 64-bit", (byte)255)]
    public void Headers_that_are_refused(string header, string message, byte fill = 0)
    {
        var file = File(header, 8, fill);
        Assert.That(() => Load(file), Throws.TypeOf<SafetensorsFormatException>().With.Message.Contains(message));
        OnDisk(file, path => Assert.That(() => Safetensors.Load(path), Throws.TypeOf<SafetensorsFormatException>().With.Message.Contains(message)));
    }

    [Test]
    public void Lengths_that_are_refused()
    {
        foreach (var file in (byte[][])[[], [1, 2, 3], [255, 255, 255, 255, 255, 255, 255, 255], [100, 0, 0, 0, 0, 0, 0, 0, (byte)'{'], [.. "PK\x03\x04 an archive, not tensors"u8]])
        {
            Assert.That(() => Load(file), Throws.TypeOf<SafetensorsFormatException>());
            OnDisk(file, path => Assert.That(() => Safetensors.Open(path), Throws.TypeOf<SafetensorsFormatException>().With.Message.Contains(path)));
        }
    }

    [Test]
    public void Nested_objects_are_refused()
        => Assert.That(() => Load(File($$"""{"a":{{string.Concat(Enumerable.Repeat("[", 10000))}}""", 8)), Throws.TypeOf<SafetensorsFormatException>());

    [Test]
    public void A_header_that_promises_much_reserves_nothing()
    {
        var file = File("""{"a":{"dtype":"F64","shape":[2147483647],"data_offsets":[0,17179869176]}}""", 8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => Load(file), Throws.TypeOf<SafetensorsFormatException>().With.Message.Contains("was cut off"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void Damaged_files_are_refused_or_are_tensors()
        => Law.Holds(
            from places in Gen.Choose(0, 90).ArrayOf(3)
            from bytes in Gen.Choose(0, 255).ArrayOf(3)
            from length in Gen.Choose(0, 100)
            select (places, bytes, length),
            damaged =>
            {
                var file = File(Good, 8);
                for (var i = 0; i < damaged.places.Length; i++)
                {
                    file[damaged.places[i] % file.Length] = (byte)damaged.bytes[i];
                }

                try
                {
                    Load(file[..Math.Min(file.Length, damaged.length)]);
                }
                catch (SafetensorsFormatException)
                {
                }
            });

    private static OrderedDictionary<string, Tensor> Load(byte[] file) => Safetensors.Load(new MemoryStream(file));

    private static byte[] File(string header, int dataLength, byte fill = 0)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        file.AsSpan(8 + text.Length).Fill(fill);
        return file;
    }

    private static void OnDisk(byte[] file, Action<string> action)
    {
        var path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, file);
            action(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
