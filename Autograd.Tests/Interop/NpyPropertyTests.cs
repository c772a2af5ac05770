using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Interop;

/// <summary>What is written comes back; what is damaged is refused or is an array, and never anything else.</summary>
internal sealed class NpyPropertyTests
{
    private static readonly Gen<(int[] Sizes, DType DType, int Seed)> Samples =
        from sizes in Shapes.Any()
        from dtype in Gen.Elements(Enum.GetValues<DType>())
        from seed in Gen.Choose(0, 1_000_000)
        select (sizes, dtype, seed);

    [Test]
    public void Round_trips()
        => Law.Holds(Samples, sample =>
        {
            var tensor = Draw(sample.Sizes, sample.DType, sample.Seed);
            Same(RoundTrip(tensor, canSeek: true), tensor);
            Same(RoundTrip(tensor, canSeek: false), tensor);

            // A view is written as what it shows.
            var view = tensor.Rank < 2 ? tensor.Flip() : tensor.T;
            Same(RoundTrip(view, canSeek: true), view);
        });

    [Test]
    public void Round_trips_through_archives()
        => Law.Holds(Samples.ArrayOf(3), samples =>
        {
            var tensors = samples.Select((sample, i) => KeyValuePair.Create($"layers.{i}/weight", Draw(sample.Sizes, sample.DType, sample.Seed))).ToArray();
            var files = new List<byte[]>();
            foreach (var compress in new[] { false, true, true })
            {
                var stream = new MemoryStream();
                Npz.Save(stream, tensors, compress);
                files.Add(stream.ToArray());
                stream.Position = 0;
                var loaded = Npz.Load(stream);
                if (!loaded.Keys.SequenceEqual(tensors.Select(pair => pair.Key), StringComparer.Ordinal))
                {
                    throw new LawBrokenException(string.Join(", ", loaded.Keys));
                }

                foreach (var (name, tensor) in tensors)
                {
                    Same(loaded[name], tensor);
                }
            }

            if (!files[1].SequenceEqual(files[2]))
            {
                throw new LawBrokenException("Equal tensors gave different files.");
            }
        });

    [Test]
    public void Large_arrays_cross_the_borders_of_chunks()
    {
        var tensor = Tensor.Randn([3, 100_000], DType.Float64, generator: new Generator(1));
        Same(RoundTrip(tensor, canSeek: true), tensor);
        Same(RoundTrip(tensor, canSeek: false), tensor);
        Same(RoundTrip(tensor.T, canSeek: false), tensor.T);
    }

    [Test]
    public void Damaged_files_are_refused_or_are_arrays()
        => Law.Holds(
            from sample in Samples
            from places in Gen.Choose(0, 160).ArrayOf(3)
            from bytes in Gen.Choose(0, 255).ArrayOf(3)
            from length in Gen.Choose(0, 200)
            select (sample, places, bytes, length),
            damaged =>
            {
                var file = Write(Draw(damaged.sample.Sizes, damaged.sample.DType, damaged.sample.Seed));
                for (var i = 0; i < damaged.places.Length; i++)
                {
                    file[damaged.places[i] % file.Length] = (byte)damaged.bytes[i];
                }

                LoadsOrRefuses(file);
                LoadsOrRefuses(file[..Math.Min(damaged.length, file.Length)]);
            },
            count: 500);

    [Test]
    public void Headers_of_random_pieces_are_refused_or_are_arrays()
    {
        string[] pieces = ["{", "}", "'descr'", "'shape'", "'fortran_order'", ":", ",", "'<f8'", "'>i2'", "True", "False", "(", ")", "3", "99999999999", "[", "'", "\"", " ", "L", "\\", "é"];
        Law.Holds(
            Gen.Elements(pieces).ArrayOf(),
            header =>
            {
                var text = System.Text.Encoding.Latin1.GetBytes(string.Concat(header));
                LoadsOrRefuses([0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. new byte[64]]);
            },
            count: 500);
    }

    [Test]
    public void Damaged_archives_are_refused_or_are_arrays()
        => Law.Holds(
            from sample in Samples
            from compress in Gen.Elements(true, false)
            from places in Gen.Choose(0, 600).ArrayOf(3)
            from bytes in Gen.Choose(0, 255).ArrayOf(3)
            select (sample, compress, places, bytes),
            damaged =>
            {
                var stream = new MemoryStream();
                var tensor = Draw(damaged.sample.Sizes, damaged.sample.DType, damaged.sample.Seed);
                Npz.Save(stream, [new("a", tensor), new("b", tensor)], damaged.compress);
                var file = stream.ToArray();
                for (var i = 0; i < damaged.places.Length; i++)
                {
                    file[damaged.places[i] % file.Length] = (byte)damaged.bytes[i];
                }

                try
                {
                    Npz.Load(new MemoryStream(file));
                }
                catch (NpyFormatException)
                {
                    // Refused, as it should be.
                }
            },
            count: 500);

    private static void LoadsOrRefuses(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var stream in new Stream[] { new MemoryStream(file), new OneWay(file) })
        {
            try
            {
                _ = Npy.Load(stream).ToString();
            }
            catch (NpyFormatException)
            {
                // Refused, as it should be.
            }
        }

        if (GC.GetAllocatedBytesForCurrentThread() - before > 16 << 20)
        {
            throw new LawBrokenException("A small file had much memory reserved.");
        }
    }

    private static Tensor Draw(int[] sizes, DType dtype, int seed)
        => (Tensor.Randn(sizes, DType.Float64, generator: new Generator((ulong)seed)) * (dtype.IsFloatingPoint ? 1 : 1.5)).To(dtype);

    private static byte[] Write(Tensor tensor)
    {
        var stream = new MemoryStream();
        Npy.Save(stream, tensor);
        return stream.ToArray();
    }

    private static Tensor RoundTrip(Tensor tensor, bool canSeek) => Npy.Load(canSeek ? new MemoryStream(Write(tensor)) : new OneWay(Write(tensor)));

    private static void Same(Tensor actual, Tensor expected)
    {
        if (actual.Shape != expected.Shape || actual.DType != expected.DType || !actual.AllClose(expected, 0, 0))
        {
            throw new LawBrokenException($"expected {expected}\nactual   {actual}");
        }
    }
}
