using System.Xml.Linq;
using Autograd.NN;
using Autograd.Tests.Documentation;

namespace Autograd.Tests.Tapes;

/// <summary>Pictures of the tape are well-formed, show what there is, and let no name out of its quotes.</summary>
internal sealed class TapePictureTests
{
    private const string Hostile = "<script>alert(\"1\")</script> & ';DROP]} --> \\ \n\0";

    private static Tensor NetworkLoss()
    {
        var model = new Sequential(new Linear(2, 3), new Sequential(new Gelu(), new Linear(3, 2)));
        return Loss.CrossEntropy(model.Forward(Tensor.Ones([4, 2])), Tensor.From([0, 1, 0, 1]));
    }

    [Test]
    public void Every_operation_has_a_box_and_every_use_an_arrow()
    {
        var x = Tensor.Ones([2], requiresGrad: true);
        var picture = Tape.Of((x.Exp() * 3 + x).Sum()).ToMermaid();
        Assert.That(picture, Is.EqualTo("""
            flowchart TD
              n0["Leaf<br/>#91;2#93;"]:::tapeLeaf
              n1["Exp<br/>#91;2#93; · 8 B"]:::tapeOperation
              n2["Mul · 3<br/>#91;2#93;"]:::tapeOperation
              n3["Add<br/>#91;2#93;"]:::tapeOperation
              n4["Sum<br/>#91;#93;"]:::tapeOutput
              n0 --> n1
              n0 --> n3
              n1 --> n2
              n2 --> n3
              n3 --> n4
              classDef tapeOperation stroke:#3b82f6,stroke-width:2px
              classDef tapeLeaf stroke:#8b5cf6,stroke-width:2px
              classDef tapeOutput stroke:#e8710a,stroke-width:2px

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Modules_are_drawn_as_one_box_at_the_depth_asked_for()
    {
        using var scope = Tape.Traced();
        var tape = Tape.Of(NetworkLoss());
        var whole = Boxes(tape.ToSvg(new() { ModuleDepth = 0, CollapseComposites = true }));
        Assert.That(whole, Does.Contain("Sequential").And.Contain("CrossEntropy").And.Not.Contain("MatMul").And.Not.Contain("0.weight"), string.Join(", ", whole));
        var parts = Boxes(tape.ToSvg(new() { ModuleDepth = 1 }));
        Assert.That(parts, Does.Contain("Sequential.0").And.Contain("Sequential.1").And.Not.Contain("Sequential"));
        var inner = Boxes(tape.ToSvg(new() { ModuleDepth = 2 }));
        Assert.That(inner, Does.Contain("Sequential.1.0").And.Contain("Sequential.1.1").And.Contain("0.weight"));
        Assert.That(Boxes(tape.ToSvg()), Has.Count.GreaterThan(inner.Count));
    }

    [Test]
    public void Compositions_are_drawn_as_one_box_on_request()
    {
        using var scope = Tape.Traced();
        var tape = Tape.Of(Tensor.Ones([2], requiresGrad: true).Gelu().Mish().Sum());
        var boxes = Boxes(tape.ToSvg(new() { CollapseComposites = true }));
        Assert.That(boxes, Is.SupersetOf(new[] { "Gelu", "Mish", "Sum" }));
        Assert.That(boxes, Has.Count.LessThan(Boxes(tape.ToSvg()).Count));
    }

    [Test]
    public void One_operation_in_a_loop_is_no_composition()
    {
        using var scope = Tape.Traced();
        var y = Tensor.Ones([2], requiresGrad: true);
        for (var i = 0; i < 5; i++)
        {
            y = y.Sin();
        }

        Assert.That(Boxes(Tape.Of(y).ToSvg(new() { CollapseComposites = true })), Has.Count.EqualTo(6));
    }

    [Test]
    public void No_name_gets_out_of_its_quotes()
    {
        var parameter = new Parameter(Tensor.Ones([2]), Hostile);
        var operation = Differentiate.CustomGradient(x => x * 2, (_, _, grad) => grad * 2, Hostile);
        var tape = Tape.Of(operation(parameter).Sum());
        var svg = tape.ToSvg();
        Assert.That(XDocument.Parse(svg).Descendants().Select(element => element.Name.LocalName).Distinct(StringComparer.Ordinal), Is.SubsetOf(new[] { "svg", "style", "g", "title", "rect", "text", "path" }));
        Assert.That(tape.ToMermaid().Split('\n').Where(line => line.Contains("script", StringComparison.Ordinal)), Is.All.Match("""^  n\d\["[^"<>]*<br/>[^"<>]*"\]:::tape\w+$"""));
        Assert.That(tape.ToDot().Split('\n').Where(line => line.Contains("script", StringComparison.Ordinal)), Is.All.Match("""^  n\d \[label="([^"\\]|\\.)*", color="#\w+", tooltip="([^"\\]|\\.)*"\];$"""));
        Assert.That(tape.ToDot(), Does.Not.Contain('\0'));
    }

    [Test]
    public void The_picture_in_the_documentation_is_current()
    {
        var model = new Sequential(new Linear(2, 8), new Gelu(), new Linear(8, 1));
        using var scope = Tape.Traced();
        var tape = Tape.Of(Loss.BinaryCrossEntropyWithLogits(model.Forward(Tensor.Ones([4, 2])), Tensor.Ones([4, 1])));
        var file = Repository.PathOf("docs/images/tape-of-a-model.svg");
        var svg = tape.ToSvg(new() { CollapseComposites = true }) + "\n";
        svg = System.Text.RegularExpressions.Regex.Replace(svg, @"\n[^<\n]*TapePictureTests.cs[^<\n]*(?=</title>)", string.Empty, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        if (Environment.GetEnvironmentVariable("AUTOGRAD_RENEW") == "1")
        {
            File.WriteAllText(file, svg);
        }

        Assert.That(File.ReadAllText(file).ReplaceLineEndings("\n"), Is.EqualTo(svg), "AUTOGRAD_RENEW=1 renews it.");
    }

    [Test]
    public void A_tape_of_more_boxes_shows_those_nearest_to_the_output()
    {
        var y = Tensor.Ones([1], requiresGrad: true);
        for (var i = 0; i < 300; i++)
        {
            y = y.Sin();
        }

        var tape = Tape.Of(y);
        Assert.That(Boxes(tape.ToSvg()), Has.Count.EqualTo(201).And.One.EqualTo("…"));
        Assert.That(Boxes(tape.ToSvg(new() { MaxBoxes = 10 })), Has.Count.EqualTo(11));
        Assert.That(Boxes(tape.ToSvg(new() { MaxBoxes = 1000 })), Has.Count.EqualTo(301));
        Assert.That(() => new TapeDrawing { MaxBoxes = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TapeDrawing { ModuleDepth = -1 }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_picture_says_the_same_in_every_culture()
    {
        var loss = NetworkLoss();
        var expected = Tape.Of(loss).ToSvg();
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
        try
        {
            Assert.That(Tape.Of(loss).ToSvg(), Is.EqualTo(expected));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>The titles in the boxes.</summary>
    private static List<string> Boxes(string svg)
    {
        XNamespace ns = "http://www.w3.org/2000/svg";
        return [.. XDocument.Parse(svg).Descendants(ns + "g").Where(group => group.Element(ns + "title") is not null).Select(group => group.Elements(ns + "text").First().Value)];
    }
}
