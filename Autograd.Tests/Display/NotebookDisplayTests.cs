using System.Xml.Linq;
using Autograd.NN;
using Microsoft.DotNet.Interactive.Formatting;

namespace Autograd.Tests.Display;

/// <summary>What notebooks show, through the package by which they find out what to show.</summary>
internal sealed class NotebookDisplayTests
{
    private static readonly Tensor Image = Tensor.Arange(0, 1, 1.0 / (3 * 8 * 8)).Reshape(3, 8, 8);

    private static IEnumerable<TestCaseData> Displayed()
    {
        yield return Case("a number", Tensor.From(3.5), "3.5");
        yield return Case("nothing", Tensor.Zeros([0, 3]), "no elements");
        yield return Case("a matrix", Tensor.Eye(3), "<td style=\"background:rgba(59,130,246,0.6)\">1</td>");
        yield return Case("a negative matrix", Tensor.Eye(3) * -2, "<td style=\"background:rgba(232,113,10,0.6)\">-2</td>");
        yield return Case("a short vector", Tensor.From([1.0, 2]), "<td");
        yield return Case("a vector", Tensor.Linspace(0, 1, 50), "<path");
        yield return Case("truth values", Tensor.From([true, false]), ">true</td>");
        yield return Case("counted truth values", Tensor.From([true, false]), "1 of 2 true");
        yield return Case("integers", Tensor.Arange(12).Reshape(3, 4), "min 0, max 11, mean 5.5");
        yield return Case("a large matrix", Tensor.Randn([40, 50]), "data:image/png;base64,");
        yield return Case("an image", Image, "black 0, white 1");
        yield return Case("a batch of images", Tensor.Rand([100, 1, 8, 8]), "the first 64 of 100");
        yield return Case("images without channels", Tensor.Rand([5, 8, 8]), "data:image/png");
        yield return Case("filters", Tensor.Randn([4, 1, 3, 3]), "data:image/png");
        yield return Case("a huge image", Tensor.Rand([1, 2000, 100]), "every 4th row");
        yield return Case("rank 5", Tensor.Rand([2, 2, 2, 2, 2]), "<pre>");
        yield return Case("NaN", Tensor.From([1.0, double.NaN, double.PositiveInfinity]), "1 NaN, 1 infinite");
        yield return Case("a view", Tensor.Arange(6.0).Reshape(2, 3).T, "<td");
        yield return Case("a leaf", Tensor.Ones([2], requiresGrad: true), "requires grad");
        yield return Case("a parameter", new Parameter(Tensor.Ones([2]), "<w>"), "Parameter &lt;w&gt; [2]");
        yield return Case("a model", new Sequential(new Linear(2, 3), new Relu()), "Linear(inFeatures: 2, outFeatures: 3, bias: true)");
        yield return Case("a gradient check", GradCheck.Compare(Differentiate.CustomGradient(x => x * 2, (_, _, grad) => grad * 3), Tensor.From([1.0, 2])), "rgba(229,72,77,0.2)");
        yield return Case("a gradient check that is right", GradCheck.Compare(x => x * 2, Tensor.From([1.0, 2])), "<span class=\"good\">✓");
        yield return Case("a tape", Tape.Of(Tensor.Ones([2], requiresGrad: true).Exp()), "<svg");
        yield return Case("a chart", new LineChart("t").Add("a", [1.0, 2]), "<svg");
    }

    [TestCaseSource(nameof(Displayed))]
    public void It_is_shown_as_html_that_is_well_formed_and_runs_nothing(object shown, string contains)
    {
        Assert.That(Formatter.GetPreferredMimeTypesFor(shown.GetType()), Does.Contain("text/html"));
        var html = shown.ToDisplayString("text/html");
        Assert.That(html, Does.StartWith("<div class=\"autograd\">").And.Contain(contains));
        var elements = XDocument.Parse(html.Replace("<details>", "<details open=\"\">", StringComparison.Ordinal)).Descendants().ToList();
        Assert.That(elements.Select(element => element.Name.LocalName), Has.None.EqualTo("script"));
        Assert.That(elements.SelectMany(element => element.Attributes()).Where(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)), Is.Empty);
        Assert.That(shown.ToDisplayString("text/plain"), Is.EqualTo(shown.ToString()));
    }

    [Test]
    public void Modules_of_users_are_shown_too_with_their_names_escaped()
    {
        var html = new Odd().ToDisplayString("text/html");
        Assert.That(html, Does.Contain("Odd(&lt;script&gt;)").And.Contain("gamma &amp; [3]").And.Contain("3 parameters"));
    }

    [Test]
    public void Long_tensors_are_summarised()
    {
        Assert.That(Tensor.Rand([1000, 1000]).ToDisplayString("text/html"), Has.Length.LessThan(700_000));
        Assert.That(Tensor.Rand([1_000_000]).ToDisplayString("text/html"), Has.Length.LessThan(60_000));
        Assert.That(Tensor.Zeros([100, 100, 10]).ToDisplayString("text/html"), Has.Length.LessThan(6_000));
    }

    [Test]
    public void Pixels_are_those_of_the_image()
    {
        var image = Tensor.From([0.0, 0.5, 1, 0, 0, 0, 1, 1, 1], [3, 3]).Unsqueeze(0).Unsqueeze(0);
        var html = image.ToDisplayString("text/html");
        var start = html.IndexOf("base64,", StringComparison.Ordinal) + 7;
        var (width, pixels) = PngTests.Decode(Convert.FromBase64String(html[start..html.IndexOf('"', start)]));
        Assert.That(width, Is.EqualTo(3));
        Assert.That(pixels.Chunk(4).Select(pixel => pixel[0]), Is.EqualTo(new byte[] { 0, 128, 255, 0, 0, 0, 255, 255, 255 }));
        Assert.That(pixels.Chunk(4).Select(pixel => pixel[3]), Is.All.EqualTo(255));
    }

    [Test]
    public void Statistics_leave_out_what_is_not_finite()
    {
        var statistics = Autograd.Display.TensorStatistics.Of(Tensor.From([1.0, double.NaN, 3, double.NegativeInfinity, 0]));
        Assert.That((statistics.Count, statistics.Least, statistics.Greatest, statistics.Zeros, statistics.NotNumbers, statistics.Infinities), Is.EqualTo((3, 0.0, 3.0, 1, 1, 1)));
        Assert.That(statistics.Mean, Is.EqualTo(4 / 3.0).Within(1e-15));
        Assert.That(statistics.Deviation, Is.EqualTo(Math.Sqrt(14 / 9.0)).Within(1e-15));
    }

    private static TestCaseData Case(string name, object shown, string contains) => new TestCaseData(shown, contains).SetName($"{{m}}: {name}");

    private sealed class Odd : Layer
    {
        [ParameterName("gamma &")]
        private readonly Parameter scale = new(Tensor.Ones([3]));

        protected override string HyperParameters => "<script>";

        protected override Tensor Compute(Tensor x) => x * scale;
    }
}
