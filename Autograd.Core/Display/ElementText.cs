using System.Globalization;

namespace Autograd.Display;

/// <summary>The texts of the elements of one tensor, in one notation and right-aligned to one width.</summary>
internal static class ElementText
{
    private enum Notation
    {
        /// <summary>Every finite value is whole: <c>12.</c></summary>
        Whole,

        /// <summary><c>12.3457</c></summary>
        Fixed,

        /// <summary><c>1.2346e+01</c></summary>
        Scientific,
    }

    public static string[] Align<T>(ReadOnlySpan<T> values, int precision)
        where T : unmanaged
    {
        var notation = default(T) is float or double ? NotationOf(values) : default;
        var texts = new string[values.Length];
        var width = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = values[i] switch
            {
                bool flag => flag ? "true" : "false",
                long integer => integer.ToString(CultureInfo.InvariantCulture),
                _ => Text(ToDouble(values[i]), notation, precision),
            };
            width = Math.Max(width, texts[i].Length);
        }

        for (var i = 0; i < texts.Length; i++)
            texts[i] = texts[i].PadLeft(width);
        return texts;
    }

    // PyTorch's rule, over the finite values other than zero: scientific if max/min > 1000, max ≥ 1e8 or, unless all are whole, min < 1e-4.
    private static Notation NotationOf<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var (smallest, largest, whole) = (double.PositiveInfinity, 0.0, true);
        foreach (var value in values)
        {
            var magnitude = Math.Abs(ToDouble(value));
            if (magnitude == 0 || !double.IsFinite(magnitude))
                continue;
            smallest = Math.Min(smallest, magnitude);
            largest = Math.Max(largest, magnitude);
            whole &= magnitude == Math.Floor(magnitude);
        }

        if (largest / smallest > 1000 || largest >= 1e8 || smallest < 1e-4)
            return Notation.Scientific;
        return whole ? Notation.Whole : Notation.Fixed;
    }

    private static string Text(double value, Notation notation, int precision)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";

        if (notation == Notation.Scientific)
        {
            // The standard format has three digits of exponent or more; a custom one would cut the mantissa to 15 digits.
            var text = value.ToString($"e{precision}", CultureInfo.InvariantCulture);
            return text[^3] == '0' ? text.Remove(text.Length - 3, 1) : text;
        }

        var decimals = notation == Notation.Whole ? 0 : precision;
        var digits = value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return decimals == 0 ? digits + "." : digits;
    }

    private static double ToDouble<T>(T value) => value switch
    {
        float number => number,
        double number => number,
        _ => throw new NotSupportedException($"Elements of type {typeof(T)} cannot be printed: float, double, long or bool can."),
    };
}
