using System.Diagnostics.CodeAnalysis;

namespace Autograd.Display;

/// <summary>The formatters of everything that is <see cref="IDisplayed"/>. A notebook calls them by reflection (<see cref="TypeFormatterSourceAttribute"/>).</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Called by reflection on an object.")]
internal sealed class DisplayFormatters
{
    /// <summary>One formatter for HTML and one for text.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new HtmlFormatter(), new TextFormatter()];

    private sealed class HtmlFormatter
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not IDisplayed displayed)
            {
                return false;
            }

            writer.Write(Displays.Html(displayed));
            return true;
        }
    }

    private sealed class TextFormatter
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(instance);
            return instance is IDisplayed;
        }
    }
}

/// <summary>Displays as texts.</summary>
internal static class Displays
{
    /// <summary>The HTML of a display: a piece of a page, with the rules of its style.</summary>
    public static string Html(IDisplayed displayed)
    {
        var page = new Markup().Open("div", ("class", Theme.Class)).Style(Theme.Page);
        displayed.Show(page);
        return page.Close().ToString();
    }

    /// <summary>A number for people: four significant digits.</summary>
    public static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        _ => value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>A size of memory for people: <c>12.5 KB</c>, in units of 1,024.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1000 && unit < units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return value.ToString(unit == 0 || value >= 100 ? "0" : "0.0", System.Globalization.CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
