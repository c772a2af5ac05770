using System.Xml.Linq;

namespace Autograd.Tests.Display;

/// <summary>Curves stand where their numbers are; what has no place is a gap.</summary>
internal sealed class LineChartTests
{
    [Test]
    public void A_curve_goes_from_corner_to_corner()
    {
        var path = Paths(new LineChart { Width = 200, Height = 100 }.Add("a", [0.0, 1]))[0];
        Assert.That(path, Is.EqualTo("M64 76L64 76L186 30"));
    }

    [Test]
    public void A_chart_is_well_formed_whatever_its_names_are()
    {
        var svg = new LineChart("<b>&") { XLabel = "\"x\"", YLabel = "</svg>" }.Add("<script>", [1.0, 2]).ToSvg();
        var picture = XDocument.Parse(svg);
        Assert.That(picture.Descendants().Select(element => element.Value), Has.Some.EqualTo("<script>").And.Some.EqualTo("</svg>").And.Some.EqualTo("<b>&"));
        Assert.That(svg, Does.Not.Contain("<script"));
    }

    [Test]
    public void What_is_not_finite_is_a_gap()
    {
        Assert.That(Paths(new LineChart().Add("a", [1.0, double.NaN, 2, 3]))[0].Count(character => character == 'M'), Is.EqualTo(2));
        Assert.That(Paths(new LineChart().Add("a", [1.0, double.PositiveInfinity, 2, 3]))[0], Does.Not.Contain("NaN").And.Not.Contain("∞"));
        Assert.That(Paths(new LineChart { IsLogarithmic = true }.Add("a", [1.0, 0, -1, 100]))[0].Count(character => character == 'M'), Is.EqualTo(2));
    }

    [Test]
    public void Nothing_one_point_equal_and_enormous_numbers_are_drawn()
    {
        foreach (var values in new double[][] { [], [5], [2, 2, 2], [double.NaN], [-1e308, 1e308], [1e-300, 2e-300], [0, double.Epsilon] })
        {
            foreach (var isLogarithmic in new[] { false, true })
            {
                var svg = new LineChart { IsLogarithmic = isLogarithmic }.Add("a", values).ToSvg();
                Assert.That(XDocument.Parse(svg).ToString(), Does.Not.Contain("NaN").And.Not.Contain("∞"), string.Join(", ", values));
            }
        }

        Assert.That(() => new LineChart().ToSvg(), Throws.Nothing);
    }

    [Test]
    public void A_long_curve_keeps_its_peak()
    {
        var values = new double[1_000_000];
        values[765_432] = 1;
        var chart = new LineChart { Width = 200, Height = 100 }.Add("a", values);
        Assert.That(Paths(chart)[0], Does.Contain(" 30L").And.Length.LessThan(20_000));
    }

    [Test]
    public void Places_and_values_must_be_as_many()
        => Assert.That(() => new LineChart().Add("loss", [1.0, 2], [1.0]), Throws.ArgumentException.With.Message.Contains("'loss' has 2 places and 1 values"));

    private static List<string> Paths(LineChart chart)
        => [.. XDocument.Parse(chart.ToSvg()).Descendants().Where(element => element.Name.LocalName == "path").Select(element => element.Attribute("d")!.Value)];
}
