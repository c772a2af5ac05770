using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd;

/// <summary>How the values of a tensor are printed. <c>default</c> is the standard: 4 decimals, summarised above 1000 elements
/// to 3 entries at each edge, lines of at most 100 columns.</summary>
/// <exception cref="ArgumentOutOfRangeException">An option is given a negative value.</exception>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PrintOptions
{
    private const int StandardPrecision = 4;
    private const int StandardThreshold = 1000;
    private const int StandardEdgeItems = 3;
    private const int StandardLineWidth = 100;

    // Differences from the standard, so that default(PrintOptions), whose fields are all zero, is the standard.
    private readonly int precision;
    private readonly int threshold;
    private readonly int edgeItems;
    private readonly int lineWidth;

    /// <summary>Decimals after the point, of fixed and of scientific notation.</summary>
    public int Precision
    {
        get => precision + StandardPrecision;
        init => precision = NonNegative(value) - StandardPrecision;
    }

    /// <summary>The largest number of elements that is printed in full; <see cref="int.MaxValue"/> never summarises.</summary>
    public int Threshold
    {
        get => threshold + StandardThreshold;
        init => threshold = NonNegative(value) - StandardThreshold;
    }

    /// <summary>Entries shown at the beginning and at the end of every dimension of a summarised tensor.</summary>
    public int EdgeItems
    {
        get => edgeItems + StandardEdgeItems;
        init => edgeItems = NonNegative(value) - StandardEdgeItems;
    }

    /// <summary>Columns after which a row is continued on the next line; an element is never broken.</summary>
    public int LineWidth
    {
        get => lineWidth + StandardLineWidth;
        init => lineWidth = NonNegative(value) - StandardLineWidth;
    }

    private static int NonNegative(int value, [CallerMemberName] string option = "") => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"PrintOptions.{option} must not be negative.");
}
