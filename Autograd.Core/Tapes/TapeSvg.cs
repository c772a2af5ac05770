using System.Text;
using Autograd.Display;

namespace Autograd.Tapes;

/// <summary>Draws a picture of a tape as SVG: values flow downwards, the outputs stand at the bottom.</summary>
internal sealed class TapeSvg(TapePicture picture, Markup markup, bool alone)
{
    private const double Margin = 10;
    private const double BoxHeight = 40;
    private const double LegendHeight = 26;

    private static readonly (TapeBoxKind Kind, string Name)[] Legend =
    [
        (TapeBoxKind.Parameter, "parameter"),
        (TapeBoxKind.Leaf, "input that requires a gradient"),
        (TapeBoxKind.Constant, "constant"),
        (TapeBoxKind.Operation, "operation"),
        (TapeBoxKind.Group, "several operations"),
        (TapeBoxKind.Output, "output"),
    ];

    public static string ColourOf(TapeBoxKind kind) => kind switch
    {
        TapeBoxKind.Parameter => Theme.Green,
        TapeBoxKind.Leaf => Theme.Purple,
        TapeBoxKind.Constant => Theme.Grey,
        TapeBoxKind.Output => Theme.Orange,
        _ => Theme.Blue,
    };

    public void Draw()
    {
        var widths = picture.Boxes.Select(box => Math.Max(56, 18 + Math.Max(7.0 * Shortened(box.Title).Length, 6.0 * Shortened(box.Detail).Length))).ToList();
        var layout = new LayeredLayout(widths, picture.Arrows, BoxHeight);
        var legend = Legend.Where(item => picture.Boxes.Any(box => box.Kind == item.Kind)).ToList();
        var width = Math.Max(layout.Width, legend.Sum(item => LegendWidth(item.Name))) + (2 * Margin);
        var height = layout.Height + LegendHeight + (2 * Margin);
        Theme.OpenPicture(markup, width, height, $"A tape of {picture.Boxes.Count} boxes", alone);
        DrawLegend(legend);
        markup.Open("g", ("transform", $"translate({Markup.Number((width - layout.Width) / 2)} {Markup.Number(Margin + LegendHeight)})"));
        foreach (var route in layout.Routes)
        {
            DrawArrow(layout, route);
        }

        for (var i = 0; i < picture.Boxes.Count; i++)
        {
            DrawBox(picture.Boxes[i], layout.Top(i), widths[i]);
        }

        markup.Close().Close();
    }

    private static double LegendWidth(string name) => 34 + (6.0 * name.Length);

    private static string Shortened(string text)
    {
        const int Longest = 34;
        return text.Length <= Longest ? text : string.Concat("…", text.AsSpan(text.Length - Longest + 1));
    }

    private void DrawLegend(List<(TapeBoxKind Kind, string Name)> legend)
    {
        var x = Margin;
        foreach (var (kind, name) in legend)
        {
            Rectangle(kind, x, Margin, 16, 12, 3);
            markup.Add("text", name, ("class", "small"), ("x", x + 22), ("y", Margin + 10));
            x += LegendWidth(name);
        }
    }

    private void DrawBox(TapeBox box, (double X, double Y) top, double width)
    {
        markup.Open("g").Add("title", box.Hint);
        Rectangle(box.Kind, top.X - (width / 2), top.Y, width, BoxHeight, 7);
        markup.Add("text", Shortened(box.Title), ("x", top.X), ("y", top.Y + 17), ("text-anchor", "middle"), ("font-weight", box.Kind == TapeBoxKind.Output ? "600" : null));
        markup.Add("text", Shortened(box.Detail), ("class", "small"), ("x", top.X), ("y", top.Y + 32), ("text-anchor", "middle"));
        markup.Close();
    }

    private void Rectangle(TapeBoxKind kind, double x, double y, double width, double height, double radius)
    {
        var colour = ColourOf(kind);
        markup.Empty(
            "rect",
            ("x", x), ("y", y), ("width", width), ("height", height), ("rx", kind == TapeBoxKind.Leaf || kind == TapeBoxKind.Parameter ? height / 2 : radius),
            ("fill", colour), ("fill-opacity", kind == TapeBoxKind.Group ? 0.3 : 0.15),
            ("stroke", colour), ("stroke-width", kind == TapeBoxKind.Output ? 2.4 : 1.4), ("stroke-dasharray", kind == TapeBoxKind.Constant ? "4 3" : null));
    }

    private void DrawArrow(LayeredLayout layout, int[] route)
    {
        var path = new StringBuilder();
        var (x, y) = layout.Top(route[0]);
        y += BoxHeight;
        path.Append('M').Append(Point(x, y));
        for (var i = 1; i < route.Length; i++)
        {
            var (nextX, nextY) = layout.Top(route[i]);
            var isLast = i == route.Length - 1;
            var end = isLast ? nextY - 5 : nextY;
            var middle = (y + end) / 2;
            path.Append('C').AppendJoin(' ', Point(x, middle), Point(nextX, middle), Point(nextX, end));
            (x, y) = (nextX, nextY + BoxHeight);
            path.Append(isLast ? string.Empty : $"L{Point(x, y)}");
            y = isLast ? nextY : y;
        }

        markup.Empty("path", ("d", path.ToString()), ("fill", "none"), ("stroke", "currentColor"), ("stroke-opacity", 0.5), ("stroke-width", 1.3));
        markup.Empty("path", ("d", $"M{Point(x - 4, y - 7)}L{Point(x + 4, y - 7)}L{Point(x, y)}Z"), ("fill", "currentColor"), ("fill-opacity", 0.6));
    }

    private static string Point(double x, double y) => $"{Markup.Number(x)} {Markup.Number(y)}";
}
