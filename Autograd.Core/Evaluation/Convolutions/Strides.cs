namespace Autograd.Evaluation;

/// <summary>The distances within a row-major [images, channels, …] of 1 to 3 spatial dimensions.</summary>
internal readonly record struct Strides(int Image, int Plane, int Slab, int Line)
{
    public static Strides Of(Tensor tensor)
    {
        var sizes = tensor.Shape.AsSpan();
        var line = sizes[^1];
        var slab = (sizes.Length > 3 ? sizes[^2] : 1) * line;
        var plane = (sizes.Length > 4 ? sizes[^3] : 1) * slab;
        return new(sizes[1] * plane, plane, slab, line);
    }

    /// <summary>Where the results of a line of a box begin, from the beginning of their plane on.</summary>
    public int Place(in WindowAxes box, int deep, int down)
        => ((box.Deep.FirstResult + (deep * box.Deep.ResultStep)) * Slab) + ((box.Down.FirstResult + (down * box.Down.ResultStep)) * Line) + box.Across.FirstResult;
}
