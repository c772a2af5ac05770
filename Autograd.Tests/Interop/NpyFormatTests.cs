using System.Text;

namespace Autograd.Tests.Interop;

/// <summary>Data that only pretend to be arrays are refused, with a typed exception and without reserving what they promise.</summary>
internal sealed class NpyFormatTests
{
    private const string Good = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";

    // Python's literals, in other forms than NumPy's own.
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }")]
    [TestCase("{\"shape\":(2,),\"fortran_order\":True,\"descr\":\"=f8\"}")]
    [TestCase("  {\t'shape' : ( 2 , ) , 'fortran_order' : False , 'descr' : 'f8' }  \n")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2L,)}")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2)}")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1,)}")]
    public void Headers_that_mean_the_same(string header)
        => Assert.That(Load(File(header, 16)).Flatten().ToArray<double>(), Is.EqualTo(new double[2]));

    [TestCase("", "'{' is expected")]
    [TestCase("{}", "is missing")]
    [TestCase("{'descr': '<f8', 'fortran_order': False}", "is missing")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}", "comes twice")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': (2,)}", "none of")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} + 1", "follows the dictionary")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)", "'}' is expected")]
    [TestCase("{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}", "neither True nor False")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2)}", "a shape is written")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': 2}", "'(' is expected")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': [2]}", "'(' is expected")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (-2,)}", "a size is a number")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2 3)}", "a shape is written")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (,)}", "a size is a number")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}", "2^31 - 1")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483648,)}", "2^31 - 1")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536)}", "2^31 - 1")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647, 2147483647, 2147483647)}", "2^31 - 1")]
    [TestCase("{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (2,)}", "a text in quotes")]
    [TestCase("{'descr': '<f8' + '', 'fortran_order': False, 'shape': (2,)}", "'}' is expected")]
    [TestCase("{'descr': '<f\\x38', 'fortran_order': False, 'shape': (2,)}", "escaped")]
    [TestCase("{'descr': '<f8, 'fortran_order': False, 'shape': (2,)}", "not numbers")]
    [TestCase("{'descr': '<f16', 'fortran_order': False, 'shape': (2,)}", "wider than 64 bits")]
    [TestCase("{'descr': '|V2', 'fortran_order': False, 'shape': (2,)}", "not numbers")]
    [TestCase("{'descr': '', 'fortran_order': False, 'shape': (2,)}", "not numbers")]
    [TestCase("{'descr': '<', 'fortran_order': False, 'shape': (2,)}", "not numbers")]
    [TestCase("{'descr': '<f8x', 'fortran_order': False, 'shape': (2,)}", "not numbers")]
    [TestCase("{'descr': '<i16', 'fortran_order': False, 'shape': (2,)}", "not numbers")]
    public void Headers_that_are_refused(string header, string message)
        => Assert.That(() => Load(File(header, 16)), Throws.TypeOf<NpyFormatException>().With.Message.Contains(message));

    [Test]
    public void A_shape_of_too_many_dimensions()
        => Assert.That(() => Load(File($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1, ", 65))})}}", 8)), Throws.TypeOf<NpyFormatException>().With.Message.Contains("64 dimensions"));

    [Test]
    public void Data_that_are_no_array()
    {
        Refused([], "the data end within the magic string");
        Refused("\x93NUMPX\x01\0"u8.ToArray(), "do not begin with");
        Refused([.. "PK\x03\x04"u8, .. new byte[20]], "Npz.Load");
        Refused([0x93, .. "NUMPY"u8, 4, 0, 0, 0], "version 4.0");
        Refused([0x93, .. "NUMPY"u8, 1, 1, 0, 0], "version 1.1");
        Refused([0x93, .. "NUMPY"u8, 1, 0, 9], "within the length of the header");
        Refused([0x93, .. "NUMPY"u8, 1, 0, 9, 0, 1], "8 bytes are missing");
        Refused([0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255], "a header of 4294967295 bytes");
        Refused(File(Good, 15), "end within the elements");
        Refused(File(Good, 17), "something follows", onlyAll: true);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_header_that_promises_much_reserves_nothing(bool canSeek)
    {
        var file = File("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483591,)}", 64);
        Stream stream = canSeek ? new MemoryStream(file) : new OneWay(file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => Npy.Load(stream), Throws.TypeOf<NpyFormatException>().With.Message.Contains("end within the elements"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(8 << 20));
    }

    [Test]
    public void Arrays_follow_each_other_in_a_stream()
    {
        var stream = new MemoryStream();
        Npy.Save(stream, Tensor.Arange(3));
        Npy.Save(stream, Tensor.From([1.5], [1, 1]));
        stream.Position = 0;
        Assert.That(Npy.Load(stream).ToArray<long>(), Is.EqualTo([0L, 1, 2]));
        Assert.That(Npy.Load(stream).Item(), Is.EqualTo(1.5));
        Assert.That(() => Npy.Load(stream), Throws.TypeOf<NpyFormatException>());
    }

    [Test]
    public void Truth_values_of_other_bytes_are_true()
    {
        var truth = Load([.. File("{'descr': '|b1', 'fortran_order': False, 'shape': (3,)}", 0), 0, 1, 255]);
        Assert.That(truth.To(DType.Int64).ToArray<long>(), Is.EqualTo([0L, 1, 1]));
    }

    [Test]
    public void Archives_that_are_refused()
    {
        Assert.That(() => Npz.Load(new MemoryStream("no archive"u8.ToArray())), Throws.TypeOf<NpyFormatException>().With.Message.Contains("not an archive"));
        Assert.That(() => Npz.Load(Zip(("readme.txt", [1]))), Throws.TypeOf<NpyFormatException>().With.Message.Contains("'readme.txt'"));
        Assert.That(() => Npz.Load(Zip(("a.npy", File(Good, 16)), ("a.npy", File(Good, 16)))), Throws.TypeOf<NpyFormatException>().With.Message.Contains("'a' is twice"));
        Assert.That(() => Npz.Load(Zip(("a.npy", File(Good, 15)))), Throws.TypeOf<NpyFormatException>().With.Message.Contains("'a.npy'"));
        Assert.That(() => Npz.Load(Zip(("a.npy", File(Good, 17)))), Throws.TypeOf<NpyFormatException>().With.Message.Contains("something follows"));
        Assert.That(() => Npz.Save(new MemoryStream(), [new("a", Tensor.Ones([1])), new("a", Tensor.Ones([1]))]), Throws.ArgumentException.With.Message.Contains("comes twice"));
    }

    private static MemoryStream Zip(params (string Name, byte[] Data)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, data) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(data);
            }
        }

        stream.Position = 0;
        return stream;
    }

    private static byte[] File(string header, int dataLength)
        => [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.Latin1.GetBytes(header), .. new byte[dataLength]];

    private static Tensor Load(byte[] file) => Npy.Load(new MemoryStream(file));

    private static void Refused(byte[] file, string message, bool onlyAll = false)
    {
        var path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, file);
            Assert.That(() => Npy.Load(path), Throws.TypeOf<NpyFormatException>().With.Message.Contains(message));
            if (!onlyAll)
            {
                Assert.That(() => Load(file), Throws.TypeOf<NpyFormatException>().With.Message.Contains(message));
            }
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
