namespace Autograd;

public partial class Tensor
{
    /// <summary>The tensor with a border made of its own elements (or of zeros).</summary>
    /// <param name="padding">Pairs (before, after), beginning with the last dimension, as PyTorch has it; negative numbers crop.</param>
    /// <param name="mode">What the border is made of.</param>
    /// <exception cref="ShapeException">The padding is not made of pairs, names more dimensions than there are, crops more than there is, or a dimension is too short for it: reflection needs more elements than it adds.</exception>
    /// <example><code>image.Pad([1, 1, 1, 1], PaddingMode.Reflect)   // one pixel around</code></example>
    public Tensor Pad(ReadOnlySpan<int> padding, PaddingMode mode)
    {
        Require.Defined(mode, nameof(Pad));
        if (mode == PaddingMode.Constant)
        {
            return Pad(padding);
        }

        if (padding.Length % 2 != 0 || padding.Length / 2 > Rank)
        {
            throw new ShapeException($"Pad: {Shape.Describe(padding)} must be pairs (before, after), from the last dimension on, for at most the {Rank} dimensions of shape {Shape}.");
        }

        var y = Captured;
        for (var i = 0; i < padding.Length / 2; i++)
        {
            var (dim, before, after) = (Rank - 1 - i, padding[2 * i], padding[(2 * i) + 1]);
            if (before != 0 || after != 0)
            {
                y = y.IndexSelect(dim, From(PaddedPlaces(Shape[dim], before, after, mode)));
            }
        }

        return y;
    }

    /// <summary>For each element of a padded dimension, the element that comes there.</summary>
    private static long[] PaddedPlaces(int size, int before, int after, PaddingMode mode)
    {
        // What is cropped does not come round again, but a mirror does not mind it.
        var (first, last) = mode == PaddingMode.Circular ? (Math.Max(0, -before), size - Math.Max(0, -after)) : (0, size);
        var length = (long)size + before + after;
        var added = Math.Max(0, Math.Max(before, after));
        if (length is < 0 or > int.MaxValue || (length > 0 && added > 0 && (last <= first || (mode == PaddingMode.Reflect && added >= size))))
        {
            throw new ShapeException($"Pad: ({before}, {after}) around a dimension of {size} elements is not possible in mode {mode}" +
                (mode == PaddingMode.Reflect ? $": at most {Math.Max(0, size - 1)} can be mirrored on each side." : "."));
        }

        var places = new long[length];
        for (var i = 0; i < places.Length; i++)
        {
            var place = i - before;
            var mirrored = place < 0 ? -place : place >= size ? (2 * (size - 1)) - place : place;
            places[i] = mode switch
            {
                PaddingMode.Reflect => mirrored,
                PaddingMode.Replicate => Math.Clamp(place, 0, size - 1),
                _ => first + ((((place - first) % (last - first)) + last - first) % (last - first)),
            };
        }

        return places;
    }
}
