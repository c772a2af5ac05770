using System.Globalization;

namespace Autograd.Evaluation;

/// <summary>What a convolution connects: its spatial dimensions and its groups of channels.</summary>
/// <param name="Axes">The spatial dimensions, 1 to 3, outermost first.</param>
/// <param name="Groups">Groups of channels that do not mix.</param>
internal sealed record ConvolutionShape(ConvolutionAxis[] Axes, int Groups)
{
    /// <summary>The sizes of the image.</summary>
    public int[] Sizes => Array.ConvertAll(Axes, axis => axis.Size);

    /// <summary>The sizes of the window.</summary>
    public int[] Kernel => Array.ConvertAll(Axes, axis => axis.Kernel);

    /// <summary>The numbers of places.</summary>
    public int[] Places => Array.ConvertAll(Axes, axis => axis.Places);

    /// <summary>Whether every element of the image has a term in the adjoint's sums.</summary>
    public bool CoversAll => Array.TrueForAll(Axes, axis => axis.CoversAll);

    /// <summary>Dimension <paramref name="index"/> of three, of which those in front may not be there.</summary>
    public ConvolutionAxis this[int index] => index - 3 + Axes.Length is >= 0 and var i ? Axes[i] : ConvolutionAxis.None;

    /// <summary>Reads the notation of <see cref="ToString"/>: size:kernel:places:stride:padding:dilation for each dimension, and the groups, as in <c>"5:3:5:1:1:1, 4:2:2:2:0:1; 2"</c>.</summary>
    public static ConvolutionShape Parse(string text)
    {
        var parts = text.Split("; ");
        var axes = Array.ConvertAll(parts[0].Split(", "), axis => Array.ConvertAll(axis.Split(':'), Number));
        return new(Array.ConvertAll(axes, n => new ConvolutionAxis(n[0], n[1], n[2], n[3], n[4], n[5])), Number(parts[1]));
    }

    public override string ToString()
        => $"{string.Join(", ", Axes.Select(axis => $"{axis.Size}:{axis.Kernel}:{axis.Places}:{axis.Stride}:{axis.Padding}:{axis.Dilation}"))}; {Groups}";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
