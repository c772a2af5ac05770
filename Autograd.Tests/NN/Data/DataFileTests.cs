using System.IO.Compression;
using Autograd.NN;

namespace Autograd.Tests.NN.Data;

internal sealed class DataFileTests : FolderTests
{
    private string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            stream.Write(bytes);
        }
        else
        {
            File.WriteAllBytes(path, bytes);
        }

        return path;
    }

    [Test]
    public void CsvReadsNumbersAndCategories()
    {
        var table = CsvTable.Read(Write("a.csv", "a,b,kind\r\n1,2.5,oak\n\n-3e2,,\"f,\"\"ern\"\nNA,4,oak"));
        Assert.That((table.Count, table.Columns), Is.EqualTo((3, new[] { "a", "b", "kind" })));
        Assert.That(table.Numbers(["b", "a"], MissingValues.Mean, DType.Float64).Flatten().ToArray<double>(), Is.EqualTo(new[] { 2.5, 1, 3.25, -300, 4, -149.5 }));
        Assert.That(table.Numbers(["b"], MissingValues.Zero).Flatten().ToArray<float>(), Is.EqualTo(new[] { 2.5f, 0, 4 }));
        Assert.That(table.Numbers(["b"], MissingValues.NaN).ToArray<float>()[1], Is.NaN);
        var (codes, names) = table.Categories("kind");
        Assert.That((codes.ToArray<long>(), names), Is.EqualTo((new long[] { 1, 0, 1 }, new[] { "f,\"ern", "oak" })));
        Assert.That(table.Text("kind")[1], Is.EqualTo("f,\"ern"));
    }

    [Test]
    public void CsvMayLackAHeaderUseTabsAndBePacked()
    {
        var table = CsvTable.Read(Write("a.tsv.gz", "a comment\n1\t2\n3\t4\n"u8.ToArray()), hasHeader: false, separator: '\t', skipLines: 1);
        Assert.That(table.Numbers(["0", "1"]).Flatten().ToArray<float>(), Is.EqualTo(new[] { 1f, 2, 3, 4 }));
    }

    [TestCase("a,b\n1,2\n3\n", "line 3: 1 cells, but there are 2 columns")]
    [TestCase("a,b\n1,2\n3,\"4\n", "line 3: a quotation mark is not closed")]
    [TestCase("a,a\n1,2\n", "two columns are named 'a'")]
    [TestCase("a,b\n1,2\n\"x\ny\",x\n3,y\n", "line 3, column 'b': 'x' is not a number")]
    [TestCase("a,b\n1,2\n1,NA\n", "line 3, column 'b': 'NA' is missing")]
    [TestCase("a,c\n1,2\n", "there is no column 'b'; there are a, c")]
    public void BadCsvIsAnErrorWithItsPlace(string text, string message)
        => Assert.That(() => CsvTable.Read(Write("bad.csv", text)).Numbers(["b"]), Throws.InstanceOf<DataException>().With.Message.Contains(message).And.Message.Contains("bad.csv"));

    [Test]
    public void AnUnknownCategoryIsAnError()
        => Assert.That(() => CsvTable.Read(Write("bad.csv", "a\nx\ny\n")).Categories("a", ["x"]), Throws.InstanceOf<DataException>().With.Message.Contains("line 3, column 'a': 'y' is not one of x"));

    [Test]
    public void IdxReadsAllTypes([Values("images", "images.gz")] string name)
    {
        var images = Idx.Read(Write(name, [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1, 255, 7]));
        Assert.That((images.Shape.ToArray(), images.DType), Is.EqualTo((new[] { 1, 2, 2 }, DType.Float32)));
        Assert.That(images.Flatten().ToArray<float>(), Is.EqualTo(new[] { 0f, 1, 255, 7 }));
        Assert.That(Idx.Read(Write("l" + name, [0, 0, 8, 1, 0, 0, 0, 2, 9, 200])).ToArray<long>(), Is.EqualTo(new long[] { 9, 200 }));
        Assert.That(Idx.Read(Write("s", [0, 0, 9, 1, 0, 0, 0, 1, 255])).ToArray<long>(), Is.EqualTo(new long[] { -1 }));
        Assert.That(Idx.Read(Write("h", [0, 0, 0x0B, 1, 0, 0, 0, 1, 1, 2])).ToArray<long>(), Is.EqualTo(new long[] { 258 }));
        Assert.That(Idx.Read(Write("i", [0, 0, 0x0C, 1, 0, 0, 0, 1, 255, 255, 255, 254])).ToArray<long>(), Is.EqualTo(new long[] { -2 }));
        Assert.That(Idx.Read(Write("f", [0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0xC0, 0, 0])).Item(), Is.EqualTo(1.5));
        Assert.That(Idx.Read(Write("d", [0, 0, 0x0E, 1, 0, 0, 0, 1, 0xBF, 0xF8, 0, 0, 0, 0, 0, 0]), DType.Float64).Item(), Is.EqualTo(-1.5));
    }

    [Test]
    public void BadIdxIsAnError()
    {
        Assert.That(() => Idx.Read(Write("a", [1, 2, 3])), Throws.InstanceOf<DataException>().With.Message.Contains("not an IDX file"));
        Assert.That(() => Idx.Read(Write("b", [0, 0, 8, 1, 0, 0, 0, 5, 1, 2])), Throws.InstanceOf<DataException>().With.Message.Contains("2 bytes follow"));
        Assert.That(() => Idx.Read(Write("c", [0, 0, 7, 1, 0, 0, 0, 0])), Throws.InstanceOf<DataException>().With.Message.Contains("0x07"));
        Assert.That(() => Idx.Read(Write("d", [0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255])), Throws.InstanceOf<DataException>());
        File.WriteAllText(Path.Combine(Folder, "e.gz"), "not packed");
        Assert.That(() => Idx.Read(Path.Combine(Folder, "e.gz")), Throws.InstanceOf<DataException>().With.Message.Contains("gzip"));
    }

    [Test]
    public void ImageFoldersHaveAClassForEachFolder()
    {
        Write("animals/cat/1.pgm", "P2 # plain\n2 1\n10\n5 10\n"u8.ToArray());
        Write("animals/dog/1.ppm", [.. "P6\n1 1\n255\n"u8, 255, 0, 51]);
        Write("animals/dog/2.pgm", [.. "P5 1 2 65535 "u8, 0xFF, 0xFF, 0, 0]);
        Write("animals/dog/3.png", Autograd.Display.Png.Encode([255, 0, 51, 255], width: 1));
        var data = new ImageFolder(Path.Combine(Folder, "animals"));
        Assert.That((data.Count, data.Classes), Is.EqualTo((4, new[] { "cat", "dog" })));
        Assert.That(data[3].X.Flatten().ToArray<float>(), Is.EqualTo(new[] { 1f, 0, 0.2f, 1 }));
        Assert.That(data[0].X.Flatten().ToArray<float>(), Is.EqualTo(new[] { 0.5f, 1 }));
        Assert.That((data[1].X.Shape.ToArray(), data[1].Y.Item()), Is.EqualTo((new[] { 3, 1, 1 }, 1.0)));
        Assert.That(data[1].X.Flatten().ToArray<float>(), Is.EqualTo(new[] { 1f, 0, 0.2f }));
        Assert.That(data[2].X.Flatten().ToArray<float>(), Is.EqualTo(new[] { 1f, 0 }));
        Assert.That(() => new ImageFolder(Path.Combine(Folder, "animals", "cat")), Throws.InstanceOf<DataException>().With.Message.Contains("no .pgm"));
        Assert.That(() => NetPbm.Read(Write("x.pgm", "P5 4 4 255 abc"u8.ToArray())), Throws.InstanceOf<DataException>().With.Message.Contains("16 bytes"));
        Assert.That(() => NetPbm.Read(Write("y.pgm", "P2 2 2 255 1 2 3"u8.ToArray())), Throws.InstanceOf<DataException>().With.Message.Contains("a number is missing"));
        Assert.That(() => NetPbm.Read(Write("z.pgm", "GIF89a"u8.ToArray())), Throws.InstanceOf<DataException>().With.Message.Contains("P2, P3, P5 or P6"));
    }
}
