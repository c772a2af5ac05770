using Autograd.Tests.Generators;
using FsCheck.Fluent;

namespace Autograd.Tests.Interop;

/// <summary>Files of named tensors: those written elsewhere are read, those written here come back.</summary>
internal sealed class SafetensorsTests
{
    private static string Fixture => Path.Combine(AppContext.BaseDirectory, "Interop", "Data", "python.safetensors");

    [Test]
    public void A_file_of_the_formats_own_library()
    {
        var state = Safetensors.Load(Fixture);
        Assert.That(state.Keys, Is.EquivalentTo((string[])["f32", "f64", "f16", "bf16", "i64", "i32", "i16", "i8", "u8", "u16", "u32", "u64", "bool", "scalar", "empty", "näme \"x\""]));
        Assert.That(state["f32"].Shape.ToArray(), Is.EqualTo([2, 3]));
        Assert.That(state["f32"].ToArray<float>(), Is.EqualTo([1.5f, -2.25f, 3e-40f, float.PositiveInfinity, float.NegativeInfinity, 0.1f]));
        Assert.That(state["f64"].ToArray<double>(), Is.EqualTo([0.1, -1e300]));
        Assert.That(state["f16"].ToArray<float>(), Is.EqualTo([1f, -0.5f, 65504f, (float)(Half)6e-8f, float.PositiveInfinity]));
        Assert.That(state["bf16"].ToArray<float>(), Is.EqualTo([1f, -0.5f, 3.00405527047391e38f, 9.183549615799121e-41f, 0.10009765625f]));
        Assert.That(state["i64"].ToArray<long>(), Is.EqualTo([1L << 62, -1, 0]));
        Assert.That(state["i32"].ToArray<long>(), Is.EqualTo([int.MinValue, 7L]));
        Assert.That(state["i16"].ToArray<long>(), Is.EqualTo([-300L, 300]));
        Assert.That(state["i8"].ToArray<long>(), Is.EqualTo([-128L, 127]));
        Assert.That(state["u8"].ToArray<long>(), Is.EqualTo([0L, 255]));
        Assert.That(state["u16"].ToArray<long>(), Is.EqualTo([65535L]));
        Assert.That(state["u32"].ToArray<long>(), Is.EqualTo([uint.MaxValue]));
        Assert.That(state["u64"].ToArray<long>(), Is.EqualTo([1L << 40]));
        Assert.That(state["bool"].ToArray<bool>(), Is.EqualTo([true, false, true]));
        Assert.That(state["scalar"].Rank, Is.Zero);
        Assert.That(state["scalar"].Item(), Is.EqualTo(3.25));
        Assert.That(state["empty"].Shape.ToArray(), Is.EqualTo([0, 3]));
        using var file = Safetensors.Open(Fixture);
        Assert.That(file.Metadata["note"], Is.EqualTo("ünïcode \"quoted\""));
        Assert.That(file.DTypeOf("bf16"), Is.EqualTo(DType.Float32));
        Assert.That(file.Read("i8").ToArray<long>(), Is.EqualTo([-128L, 127]));
        var error = Assert.Throws<KeyNotFoundException>(() => file.Read("f33"))!;
        Assert.That(error.Message, Does.Contain("'f33'").And.Contain("f32"));
    }

    [Test]
    public void Round_trips()
        => Law.Holds(
            from samples in (from sizes in Shapes.Any()
                             from dtype in Gen.Elements(Enum.GetValues<DType>())
                             from seed in Gen.Choose(0, 1_000_000)
                             select (sizes, dtype, seed)).ArrayOf(4)
            select samples,
            samples =>
            {
                var tensors = samples.Select((s, i) => KeyValuePair.Create($"ключ.{i}", Draw(s.sizes, s.dtype, s.seed))).ToArray();
                var stream = new MemoryStream();
                Safetensors.Save(stream, tensors, new Dictionary<string, string>(StringComparer.Ordinal) { ["epoch"] = "3", ["\"\\\n"] = "\u0001" });
                stream.Position = 0;
                var loaded = Safetensors.Load(stream);
                if (!loaded.Keys.SequenceEqual(tensors.Select(pair => pair.Key), StringComparer.Ordinal))
                {
                    throw new LawBrokenException(string.Join(", ", loaded.Keys));
                }

                foreach (var (name, tensor) in tensors)
                {
                    Law.Equal(loaded[name], tensor, name, 0);
                }
            });

    [Test]
    public void Large_tensors_cross_the_borders_of_chunks()
    {
        var path = Path.GetTempFileName();
        try
        {
            var tensor = Tensor.Randn([3, 200_001], DType.Float64, generator: new Generator(1));
            Safetensors.Save(path, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["truth"] = tensor > 0, ["x"] = tensor.T }, new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" });
            using var file = Safetensors.Open(path);
            Assert.That(file.Names, Is.EqualTo((string[])["truth", "x"]));
            Assert.That(file.Metadata["a"], Is.EqualTo("b"));
            Assert.That(file.ShapeOf("x").ToArray(), Is.EqualTo([200_001, 3]));
            Assert.That(file.Read("x").Eq(tensor.T).All().Item<bool>());
            Assert.That(file.Read("truth").Eq(tensor > 0).All().Item<bool>());

            // A reader keeps what it has opened while the file is replaced.
            Safetensors.Save(path, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.From([1f]) });
            Assert.That(file.Read("x")[5, 2].Item(), Is.EqualTo(tensor[2, 5].Item()));
            Assert.That(Safetensors.Load(path)["x"].Item(), Is.EqualTo(1));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Narrow_numbers_are_the_nearest_ones()
    {
        // Halfway between two BF16 it is the even one; next to halfway the nearer one, also where single precision lies in between.
        Assert.That(Stored([1 + (1 / 256.0), 1 + (3 / 256.0), 1 + (1 / 256.0) + 1e-12, 1 + (3 / 256.0) - 1e-12, -1e-50, 3.4e38, 1e39, double.NaN], StoredFloats.BFloat16),
            Is.EqualTo([1, 1 + (4 / 256.0), 1 + (2 / 256.0), 1 + (2 / 256.0), -0.0, double.PositiveInfinity, double.PositiveInfinity, double.NaN]));
        Assert.That(Stored([1 + (1 / 2048.0), 1 + (1 / 2048.0) + 1e-12, 65504, 65520, 1e-9, double.NaN], StoredFloats.Half),
            Is.EqualTo([1, 1 + (2 / 2048.0), 65504, double.PositiveInfinity, 0, double.NaN]));
    }

    [Test]
    public void Every_narrow_number_survives()
    {
        float[] all = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)).Where(x => !float.IsNaN(x))];
        Assert.That(Stored(Array.ConvertAll(all, x => (double)x), StoredFloats.BFloat16), Is.EqualTo(Array.ConvertAll(all, x => (double)x)));
        float[] halves = [.. Enumerable.Range(0, 1 << 16).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).Where(x => !float.IsNaN(x))];
        Assert.That(Stored(Array.ConvertAll(halves, x => (double)x), StoredFloats.Half), Is.EqualTo(Array.ConvertAll(halves, x => (double)x)));
    }

    [Test]
    public void Names_that_cannot_be_saved()
    {
        var one = Tensor.Ones([1]);
        Assert.That(() => Safetensors.Save(new MemoryStream(), [new("a", one), new("a", one)]), Throws.ArgumentException.With.Message.Contains("'a' comes twice"));
        Assert.That(() => Safetensors.Save(new MemoryStream(), [new("__metadata__", one)]), Throws.ArgumentException.With.Message.Contains("pass these as metadata"));
        Assert.That(() => Safetensors.Save(new MemoryStream(), [new("a", null!)]), Throws.ArgumentException.With.Message.Contains("'a' is null"));
    }

    [Test]
    public void A_file_that_cannot_be_written_leaves_the_former_one()
    {
        var folder = Directory.CreateTempSubdirectory("safetensors").FullName;
        try
        {
            var path = Path.Combine(folder, "model.safetensors");
            Safetensors.Save(path, [new("a", Tensor.Ones([2]))]);
            Assert.That(() => Safetensors.Save(path, [new("a", Tensor.Ones([3])), new("a", Tensor.Ones([3]))]), Throws.ArgumentException);
            Assert.That(Safetensors.Load(path)["a"].ElementCount, Is.EqualTo(2));
            Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double[] Stored(double[] values, StoredFloats floats)
    {
        var stream = new MemoryStream();
        Safetensors.Save(stream, [new("x", Tensor.From(values))], floats: floats);
        stream.Position = 0;
        return Safetensors.Load(stream)["x"].To(DType.Float64).ToArray<double>();
    }

    private static Tensor Draw(int[] sizes, DType dtype, int seed) => (Tensor.Randn(sizes, DType.Float64, generator: new Generator((ulong)seed)) * 3).To(dtype);
}
