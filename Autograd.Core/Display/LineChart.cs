using Autograd.Display;

namespace Autograd;

/// <summary>Curves over a common axis, such as the loss of training and of validation: an SVG picture, which notebooks show by themselves.</summary>
/// <param name="title">What it shows; nothing is written if left out.</param>
/// <example><code>var chart = new LineChart("loss") { XLabel = "epoch" }.Add("training", [0.9, 0.5, 0.3]).Add("validation", [1.0, 0.7, 0.6]);
/// var svg = chart.ToSvg();</code></example>
[TypeFormatterSource(typeof(DisplayFormatters))]
public sealed class LineChart(string? title = null) : IDisplayed
{
    private readonly List<Curve> curves = [];

    /// <summary>What it shows.</summary>
    public string? Title { get; } = title;

    /// <summary>What runs along the horizontal axis.</summary>
    public string? XLabel { get; init; }

    /// <summary>What runs along the vertical axis.</summary>
    public string? YLabel { get; init; }

    /// <summary>Whether equal vertical distances are equal factors. Numbers that are not above zero have no place then and leave a gap.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>The width in pixels; 640 unless set.</summary>
    public int Width { get; init; } = 640;

    /// <summary>The height in pixels; 320 unless set.</summary>
    public int Height { get; init; } = 320;

    internal IReadOnlyList<Curve> Curves => curves;

    /// <summary>Adds a curve over 0, 1, 2, ….</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="values">The values; where one is NaN or infinite the curve has a gap.</param>
    /// <returns>The chart.</returns>
    public LineChart Add(string name, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] y = [.. values];
        return Add(name, Enumerable.Range(0, y.Length).Select(i => (double)i), y);
    }

    /// <summary>Adds a curve through given points, in their order.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="x">Where the points lie on the horizontal axis.</param>
    /// <param name="y">Where they lie on the vertical axis, as many.</param>
    /// <returns>The chart.</returns>
    /// <exception cref="ArgumentException">There are more of one than of the other.</exception>
    public LineChart Add(string name, IEnumerable<double> x, IEnumerable<double> y)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var curve = new Curve(name, [.. x], [.. y]);
        if (curve.X.Length != curve.Y.Length)
        {
            throw new ArgumentException($"LineChart.Add: curve '{name}' has {curve.X.Length} places and {curve.Y.Length} values; there must be a value for each place.", nameof(y));
        }

        curves.Add(curve);
        return this;
    }

    /// <summary>The picture, for a file of its own: it adapts to light and dark pages.</summary>
    public string ToSvg()
    {
        var picture = new Markup();
        new ChartPicture(this, picture, alone: true).Draw();
        return picture.ToString();
    }

    /// <summary>The names of the curves and how many points they have.</summary>
    public override string ToString() => $"LineChart {Title}: " + string.Join(", ", curves.Select(curve => $"{curve.Name} ({curve.Y.Length} points)"));

    /// <inheritdoc/>
    void IDisplayed.Show(Markup page) => new ChartPicture(this, page, alone: false).Draw();

    internal sealed record Curve(string Name, double[] X, double[] Y);
}
