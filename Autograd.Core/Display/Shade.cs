namespace Autograd.Display;

/// <summary>The colour of a number in a matrix: blue above zero, orange below, the stronger the larger it is; not numbers are red. Zero is see-through, so that it is light on light pages and dark on dark ones.</summary>
/// <param name="scale">The magnitude that has the full colour; above 0.</param>
internal readonly struct Shade(double scale)
{
    /// <summary>Red, green, blue, opacity: 0 to 255.</summary>
    public (byte Red, byte Green, byte Blue, byte Alpha) Of(double value)
    {
        if (double.IsNaN(value))
        {
            return (0xE5, 0x48, 0x4D, 255);
        }

        var alpha = (byte)Math.Round(220 * Math.Min(1, Math.Abs(value) / scale));
        return value >= 0 ? ((byte)0x3B, (byte)0x82, (byte)0xF6, alpha) : ((byte)0xE8, (byte)0x71, (byte)0x0A, alpha);
    }

    /// <summary>The same as a style; softer, because there is a number on top of it.</summary>
    public string Style(double value)
    {
        var (red, green, blue, alpha) = Of(value);
        return $"background:rgba({red},{green},{blue},{Markup.Number(alpha * 0.7 / 255)})";
    }
}
