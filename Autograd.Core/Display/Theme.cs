namespace Autograd.Display;

/// <summary>How displays look. Text and lines take the colour of what surrounds them, fills are translucent, so that the same markup is readable on light and on dark pages.
/// Only a picture that stands alone in a file has to ask which of the two it is.</summary>
internal static class Theme
{
    public const string Blue = "#3b82f6";
    public const string Green = "#22a06b";
    public const string Orange = "#e8710a";
    public const string Purple = "#8b5cf6";
    public const string Red = "#e5484d";
    public const string Grey = "#8b949e";

    /// <summary>The class of everything that the library displays: no rule of ours touches what is not inside.</summary>
    public const string Class = "autograd";

    /// <summary>The class of a picture in a file of its own.</summary>
    public const string Alone = "autograd autograd-alone";

    /// <summary>The rules for HTML.</summary>
    public const string Page =
        ".autograd{font:13px/1.5 system-ui,sans-serif;color:inherit}" +
        ".autograd-head{font-weight:600}" +
        ".autograd .dim{opacity:.65}" +
        ".autograd .bad{color:#e5484d;font-weight:600}.autograd .good{color:#22a06b;font-weight:600}" +
        ".autograd table{border-collapse:collapse;margin:4px 0;font:12px/1.5 ui-monospace,Consolas,monospace;color:inherit}" +
        ".autograd tr,.autograd tr:nth-child(even),.autograd tr:hover{background:none}" +
        ".autograd td,.autograd th{padding:1px 8px;border:0;text-align:right;white-space:pre;color:inherit}" +
        ".autograd th{font-weight:600;border-bottom:1px solid rgba(128,128,128,.5)}" +
        ".autograd td.word,.autograd th.word{text-align:left}" +
        ".autograd table.cells td{padding:2px 6px;border:1px solid rgba(128,128,128,.25)}" +
        ".autograd pre{font:12px/1.4 ui-monospace,Consolas,monospace;margin:4px 0;white-space:pre;overflow-x:auto;background:none;color:inherit}" +
        ".autograd summary{cursor:pointer;opacity:.65}" +
        ".autograd img{image-rendering:pixelated;display:block;margin:4px 0;max-width:100%;height:auto;border:1px solid rgba(128,128,128,.25)}" +
        ".autograd svg{max-width:100%;height:auto}";

    /// <summary>The rules for pictures.</summary>
    public const string Picture =
        ".autograd text{font:12px system-ui,sans-serif;fill:currentColor}" +
        ".autograd text.small{font-size:10.5px;opacity:.7}" +
        ".autograd-alone{color-scheme:light dark;color:#1f2328}" +
        "@media(prefers-color-scheme:dark){.autograd-alone{color:#e6edf3}}";

    private static readonly string[] Series = [Blue, Orange, Green, Purple, Red, Grey];

    /// <summary>The colour of the curve, or of whatever is told apart, number <paramref name="index"/>.</summary>
    public static string Colour(int index) => Series[index % Series.Length];

    /// <summary>Begins a picture.</summary>
    /// <param name="markup">Where it is drawn.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="label">What it shows, for those who cannot see it.</param>
    /// <param name="alone">Whether it stands in a file of its own.</param>
    public static Markup OpenPicture(Markup markup, double width, double height, string label, bool alone)
        => markup
            .Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", alone ? Alone : Class), ("width", width), ("height", height), ("viewBox", $"0 0 {Markup.Number(width)} {Markup.Number(height)}"), ("role", "img"), ("aria-label", label))
            .Style(Picture);
}
