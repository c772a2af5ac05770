namespace Autograd;

public partial class Tensor
{
    /// <summary>The tensor with a border of a constant.</summary>
    /// <param name="padding">Pairs (before, after), beginning with the last dimension, as PyTorch has it; negative numbers crop.</param>
    /// <param name="value">The number in the border; 0 (or false) if left out, which keeps the element type.</param>
    /// <exception cref="ShapeException">The padding is not made of pairs, names more dimensions than there are, or crops more than there is.</exception>
    /// <example><code>image.Pad([1, 1, 2, 2])   // one column left and right, two rows above and below</code></example>
    public Tensor Pad(ReadOnlySpan<int> padding, Scalar? value = null)
    {
        if (padding.Length % 2 != 0 || padding.Length / 2 > Rank)
        {
            throw new ShapeException($"Pad: {Shape.Describe(padding)} must be pairs (before, after), from the last dimension on, for at most the {Rank} dimensions of shape {Shape}.");
        }

        var inner = SliceSelection.All(Shape);
        var outer = SliceSelection.All(Shape);
        int[] sizes = [.. Shape];
        for (var i = 0; i < padding.Length / 2; i++)
        {
            var (dim, before, after) = (Rank - 1 - i, padding[2 * i], padding[(2 * i) + 1]);
            var kept = (int)Math.Max(-1, (long)sizes[dim] + Math.Min(0, before) + Math.Min(0, after));
            var padded = (long)kept + Math.Max(0, before) + Math.Max(0, after);
            if (kept < 0)
            {
                throw new ShapeException($"Pad: {Shape.Describe(padding)} crops more than the {sizes[dim]} elements of dimension {dim} of shape {Shape}.");
            }

            (inner.Starts[dim], inner.Counts[dim]) = (Math.Max(0, -before), kept);
            (outer.Starts[dim], outer.Counts[dim]) = (Math.Max(0, before), kept);
            sizes[dim] = padded <= int.MaxValue
                ? (int)padded
                : throw new ShapeException($"Pad: {Shape.Describe(padding)} makes dimension {dim} of shape {Shape} longer than 2^31 - 1, the most that one tensor can hold.");
        }

        var filling = value ?? false;
        var border = Constants.Of(filling, filling.ResultType(DType)).Expand(sizes);
        return new PlaceOp(border, new SelectOp(this, inner).Apply(), outer).Apply();
    }
}
