using System.Text;

namespace Autograd.Display;

/// <summary>Draws a <see cref="LineChart"/>.</summary>
internal sealed class ChartPicture
{
    private const double CharacterWidth = 6.6;

    private readonly LineChart chart;
    private readonly Markup markup;
    private readonly bool alone;
    private readonly ChartAxis x;
    private readonly ChartAxis y;
    private readonly (double Left, double Top, double Right, double Bottom) frame;

    public ChartPicture(LineChart chart, Markup markup, bool alone)
    {
        (this.chart, this.markup, this.alone) = (chart, markup, alone);
        var hasLegend = chart.Curves.Any(curve => curve.Name.Length > 0);
        frame = (64, 10 + (chart.Title is null ? 0 : 20) + (hasLegend ? 20 : 0), chart.Width - 14, chart.Height - 24 - (chart.XLabel is null ? 0 : 18));
        x = new ChartAxis(chart.Curves.SelectMany(curve => curve.X), frame.Left, frame.Right, isLogarithmic: false);
        y = new ChartAxis(chart.Curves.SelectMany(curve => curve.Y), frame.Bottom, frame.Top, chart.IsLogarithmic);
    }

    public void Draw()
    {
        Theme.OpenPicture(markup, chart.Width, chart.Height, chart.ToString(), alone);
        DrawWords();
        DrawAxes();
        for (var i = 0; i < chart.Curves.Count; i++)
        {
            DrawCurve(chart.Curves[i], Theme.Colour(i));
        }

        markup.Close();
    }

    private void DrawWords()
    {
        if (chart.Title is { } title)
        {
            markup.Add("text", title, ("x", frame.Left), ("y", 18), ("font-weight", "600"));
        }

        var place = frame.Left;
        for (var i = 0; i < chart.Curves.Count; i++)
        {
            var name = chart.Curves[i].Name;
            if (name.Length > 0)
            {
                var middle = frame.Top - 14;
                markup.Empty("line", ("x1", place), ("x2", place + 18), ("y1", middle), ("y2", middle), ("stroke", Theme.Colour(i)), ("stroke-width", 3));
                markup.Add("text", name, ("x", place + 24), ("y", middle + 4));
                place += 44 + (CharacterWidth * name.Length);
            }
        }

        if (chart.XLabel is { } label)
        {
            markup.Add("text", label, ("x", (frame.Left + frame.Right) / 2), ("y", chart.Height - 6), ("text-anchor", "middle"));
        }

        if (chart.YLabel is { } vertical)
        {
            var middle = (frame.Top + frame.Bottom) / 2;
            markup.Add("text", vertical, ("transform", $"translate(12 {Markup.Number(middle)}) rotate(-90)"), ("text-anchor", "middle"));
        }
    }

    private void DrawAxes()
    {
        foreach (var tick in y.Ticks(5))
        {
            var place = y.Place(tick);
            Line(frame.Left, place, frame.Right, place, 0.15);
            markup.Add("text", Displays.Number(tick), ("class", "small"), ("x", frame.Left - 6), ("y", place + 4), ("text-anchor", "end"));
        }

        foreach (var tick in x.Ticks(8))
        {
            var place = x.Place(tick);
            Line(place, frame.Bottom, place, frame.Bottom + 4, 0.5);
            markup.Add("text", Displays.Number(tick), ("class", "small"), ("x", place), ("y", frame.Bottom + 16), ("text-anchor", "middle"));
        }

        Line(frame.Left, frame.Bottom, frame.Right, frame.Bottom, 0.5);
        Line(frame.Left, frame.Top, frame.Left, frame.Bottom, 0.5);
    }

    private void Line(double x1, double y1, double x2, double y2, double opacity)
        => markup.Empty("line", ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke", "currentColor"), ("stroke-opacity", opacity));

    private void DrawCurve(LineChart.Curve curve, string colour)
    {
        var path = new StringBuilder();
        var isDown = false;
        foreach (var i in ShownPoints(curve))
        {
            if (!x.CanShow(curve.X[i]) || !y.CanShow(curve.Y[i]))
            {
                isDown = false;
                continue;
            }

            // A point without neighbours is a line of no length with round ends.
            var point = $"{Markup.Number(x.Place(curve.X[i]))} {Markup.Number(y.Place(curve.Y[i]))}";
            path.Append(isDown ? $"L{point}" : $"M{point}L{point}");
            isDown = true;
        }

        markup.Empty("path", ("d", path.ToString()), ("fill", "none"), ("stroke", colour), ("stroke-width", 1.8), ("stroke-linejoin", "round"), ("stroke-linecap", "round"));
    }

    /// <summary>All points, or of a long curve the least and the greatest of each part that is one pixel wide, so that no peak is lost.</summary>
    private IEnumerable<int> ShownPoints(LineChart.Curve curve)
    {
        var parts = chart.Width;
        if (curve.Y.Length <= 2 * parts)
        {
            return Enumerable.Range(0, curve.Y.Length);
        }

        var shown = new List<int>(2 * parts);
        for (var part = 0; part < parts; part++)
        {
            var (start, end) = ((int)((long)curve.Y.Length * part / parts), (int)((long)curve.Y.Length * (part + 1) / parts));
            var (least, greatest) = (start, start);
            for (var i = start; i < end; i++)
            {
                // A comparison with NaN is false: only a part of nothing else is a gap.
                least = curve.Y[i] < curve.Y[least] || double.IsNaN(curve.Y[least]) ? i : least;
                greatest = curve.Y[i] > curve.Y[greatest] || double.IsNaN(curve.Y[greatest]) ? i : greatest;
            }

            shown.Add(Math.Min(least, greatest));
            shown.Add(Math.Max(least, greatest));
        }

        return shown;
    }
}
