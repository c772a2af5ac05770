using System.Runtime.InteropServices;

namespace Autograd.Display;

/// <summary>The text of a tensor's values, in nested brackets as NumPy and PyTorch print them. Reads only the elements it shows,
/// and is independent of the current culture.</summary>
internal static class TensorFormatter
{
    /// <summary>Prints row-major <paramref name="values"/> of type float, double, long or bool.</summary>
    public static string Format<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> sizes, PrintOptions options)
        where T : unmanaged
    {
        var strides = new int[sizes.Length];
        var stride = 1;
        for (var dim = sizes.Length - 1; dim >= 0; dim--)
        {
            strides[dim] = stride;
            stride *= sizes[dim];
        }

        return Format(values, 0, sizes, strides, options);
    }

    /// <summary>Prints a strided view: element (i, j, …) is <c>values[offset + i · strides[0] + j · strides[1] + …]</c>.</summary>
    public static string Format<T>(
        ReadOnlySpan<T> values, int offset, ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides, PrintOptions options)
        where T : unmanaged
    {
        var count = 1.0;                            // a broadcast view may have more elements than an integer can count
        foreach (var size in sizes)
            count *= size;
        if (count == 0)
            return "[]";

        var axes = new PrintedAxis[sizes.Length];
        for (var dim = 0; dim < axes.Length; dim++)
            axes[dim] = new(sizes[dim], strides[dim], count > options.Threshold ? options.EdgeItems : int.MaxValue);

        var shown = new List<T>();
        Gather(values, offset, axes, shown);
        var cells = ElementText.Align<T>(CollectionsMarshal.AsSpan(shown), options.Precision);
        return axes.Length == 0 ? cells[0] : new BracketLayout(axes, cells, options.LineWidth).Write();
    }

    private static void Gather<T>(ReadOnlySpan<T> values, int offset, ReadOnlySpan<PrintedAxis> axes, List<T> shown)
    {
        if (axes.IsEmpty)
        {
            shown.Add(values[offset]);
            return;
        }

        for (var entry = 0; entry < axes[0].Entries; entry++)
        {
            if (!axes[0].IsGap(entry))
                Gather(values, offset + axes[0].Offset(entry), axes[1..], shown);
        }
    }
}
