namespace Autograd.Tests.Interop;

/// <summary>Array files that NumPy has written (Data/make_fixtures.py), read; and written again to the same bytes.</summary>
internal sealed class NpyFileTests
{
    private static readonly Tensor Ramp = Tensor.Arange(6.0, DType.Float64).Reshape(2, 3);

    [TestCase("int8", DType.Int64)]
    [TestCase("int16", DType.Int64)]
    [TestCase("int32", DType.Int64)]
    [TestCase("int64", DType.Int64)]
    public void Integers(string name, DType dtype) => Holds(name, (Ramp - 2).To(dtype));

    [TestCase("uint8")]
    [TestCase("uint16")]
    [TestCase("uint32")]
    [TestCase("uint64")]
    public void Integers_without_sign(string name) => Holds(name, (Ramp * 7).To(DType.Int64));

    [TestCase("float16", DType.Float32)]
    [TestCase("float32", DType.Float32)]
    [TestCase("float64", DType.Float64)]
    public void Floating_point_numbers(string name, DType dtype) => Holds(name, ((Ramp - 2) / 4).To(dtype));

    [TestCase("big_int16", DType.Int64)]
    [TestCase("big_int32", DType.Int64)]
    [TestCase("big_int64", DType.Int64)]
    [TestCase("big_float16", DType.Float32)]
    [TestCase("big_float32", DType.Float32)]
    [TestCase("big_float64", DType.Float64)]
    public void Bytes_in_the_other_order(string name, DType dtype) => Holds(name, ((Ramp - 2) * 300).To(dtype));

    [Test]
    public void Other_arrays()
    {
        Holds("bool", Tensor.From([false, true, false, true, false, true], [2, 3]));
        Holds("big_uint32", (Ramp * 70000).To(DType.Int64));
        Holds("scalar", Tensor.From(2.5, DType.Float64));
        Holds("empty", Tensor.Zeros([0, 3], DType.Float32));
        Holds("vector", Tensor.Arange(5.0, DType.Float64));
        Holds("fortran", Tensor.Arange(24.0, DType.Float64).Reshape(2, 3, 4));
        Holds("version_2", Tensor.Arange(4.0, DType.Float64));
        Holds("version_3", Tensor.Arange(4.0, DType.Float64));
        Assert.That(
            Load("special").ToArray<double>().Select(BitConverter.DoubleToInt64Bits),
            Is.EqualTo(new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 5e-324, double.MaxValue }.Select(BitConverter.DoubleToInt64Bits))
                .Using<long>((a, b) => a == b || (double.IsNaN(BitConverter.Int64BitsToDouble(a)) && double.IsNaN(BitConverter.Int64BitsToDouble(b)))));
    }

    [TestCase("uint64_beyond", "2^63")]
    [TestCase("complex", "complex")]
    [TestCase("text", "texts")]
    [TestCase("date", "dates")]
    [TestCase("fields", "named fields")]
    [TestCase("object", "Python objects")]
    public void What_no_tensor_holds_is_refused(string name, string message)
        => Assert.That(() => Load(name), Throws.TypeOf<NpyFormatException>().With.Message.Contains(message));

    [TestCase("bool")]
    [TestCase("int64")]
    [TestCase("float32")]
    [TestCase("float64")]
    [TestCase("scalar")]
    [TestCase("empty")]
    [TestCase("vector")]
    public void Writing_gives_the_bytes_that_NumPy_writes(string name)
    {
        var stream = new MemoryStream();
        Npy.Save(stream, Load(name));
        Assert.That(stream.ToArray(), Is.EqualTo(File.ReadAllBytes(PathOf($"{name}.npy"))));
    }

    [Test]
    public void Archives()
    {
        var two = Npz.Load(PathOf("two.npz"));
        Assert.That(two.Keys, Is.EqualTo(["a", "b"]));
        Assert.That(two["a"].ToArray<double>(), Is.EqualTo([0.0, 1, 2]));
        Assert.That(two["b"].ToArray<bool>(), Is.EqualTo([true, false]));
        var compressed = Npz.Load(PathOf("compressed.npz"));
        Assert.That(compressed["weights"].Shape, Is.EqualTo(Shape.Create([40, 50])));
        Assert.That(compressed["steps"].Item<long>(), Is.EqualTo(7));
    }

    private static void Holds(string name, Tensor expected)
    {
        var actual = Load(name);
        Assert.That((actual.Shape, actual.DType), Is.EqualTo((expected.Shape, expected.DType)));
        Assert.That(actual.AllClose(expected, 0, 0), $"{actual}");
    }

    private static Tensor Load(string name) => Npy.Load(PathOf($"{name}.npy"));

    private static string PathOf(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Interop", "Data", name);
}
