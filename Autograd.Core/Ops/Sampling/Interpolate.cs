namespace Autograd;

/// <summary>How values between the pixels of an image are found.</summary>
public enum InterpolationMode
{
    /// <summary>The pixel at ⌊i·n/m⌋ of n for pixel i of m.</summary>
    Nearest,

    /// <summary>The pixel whose centre is nearest, ⌊(i + ½)·n/m⌋.</summary>
    NearestExact,

    /// <summary>On the straight line between neighbours, along each dimension: bilinear for images, trilinear for volumes.</summary>
    Linear,

    /// <summary>By cubic convolution of four neighbours along each dimension: bicubic for images. (Keys, "Cubic convolution interpolation", 1981.)</summary>
    Cubic,
}

public partial class Tensor
{
    /// <summary>The tensor resampled to other sizes: [N, C, …] keeps N and C, and the dimensions behind get the sizes <paramref name="size"/>.</summary>
    /// <param name="size">A size for each dimension behind the second, or one for all.</param>
    /// <param name="mode">How values between the pixels are found.</param>
    /// <param name="alignCorners">For Linear and Cubic: whether the centres of the corner pixels, not their outer corners, stay where they are.</param>
    /// <param name="antialias">For Linear and Cubic: whether all pixels count that one of the result covers, when it has fewer.</param>
    /// <exception cref="ShapeException">There is no dimension to resample, or it has no elements.</exception>
    /// <exception cref="ArgumentException">There are neither one nor as many sizes as dimensions, or one is below 1; or an option of Linear and Cubic in another mode.</exception>
    /// <exception cref="DTypeException">Integers in the modes Linear or Cubic.</exception>
    public Tensor Interpolate(ReadOnlySpan<int> size, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false, bool antialias = false)
    {
        CheckResampling(size.Length, mode, alignCorners, antialias, nameof(size));
        var y = Captured;
        for (var i = 0; i < Rank - 2; i++)
        {
            var to = size[size.Length == 1 ? 0 : i];
            y = y.Resample(i + 2, to, (Shape[i + 2], to), mode, alignCorners, antialias);
        }

        return y;
    }

    /// <summary>The tensor resampled by factors: dimensions behind the second become ⌊size·factor⌋ long.</summary>
    /// <param name="scaleFactor">A factor for each dimension behind the second, or one for all.</param>
    /// <param name="mode">How values between the pixels are found.</param>
    /// <param name="alignCorners">For Linear and Cubic: whether the centres of the corner pixels, not their outer corners, stay where they are.</param>
    /// <param name="antialias">For Linear and Cubic: whether all pixels count that one of the result covers, when it has fewer.</param>
    /// <param name="recomputeScaleFactor">Whether pixels are mapped by the quotient of the sizes instead of the factor, from which it differs by the rounding of sizes.</param>
    /// <exception cref="ShapeException">There is no dimension to resample, or it has no elements.</exception>
    /// <exception cref="ArgumentException">There are neither one nor as many factors as dimensions, or a size would be below 1; or an option of Linear and Cubic in another mode.</exception>
    /// <exception cref="DTypeException">Integers in the modes Linear or Cubic.</exception>
    public Tensor Interpolate(
        ReadOnlySpan<double> scaleFactor, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false, bool antialias = false, bool recomputeScaleFactor = false)
    {
        CheckResampling(scaleFactor.Length, mode, alignCorners, antialias, nameof(scaleFactor));
        var y = Captured;
        for (var i = 0; i < Rank - 2; i++)
        {
            var factor = scaleFactor[scaleFactor.Length == 1 ? 0 : i];
            var to = (int)Math.Min(int.MaxValue, Math.Floor(Shape[i + 2] * factor));
            y = y.Resample(i + 2, to, recomputeScaleFactor ? (Shape[i + 2], to) : (1, factor), mode, alignCorners, antialias);
        }

        return y;
    }

    private void CheckResampling(int count, InterpolationMode mode, bool alignCorners, bool antialias, string name)
    {
        Require.Defined(mode, nameof(Interpolate));
        if ((alignCorners || antialias) && mode is (InterpolationMode.Nearest or InterpolationMode.NearestExact))
        {
            throw new ArgumentException($"Interpolate: alignCorners and antialias go with the modes Linear and Cubic; the mode is {mode}.", nameof(mode));
        }

        if (Rank < 3)
        {
            throw new ShapeException($"Interpolate: shape {Shape} must be [N, C, …] with at least one dimension to resample. Unsqueeze(0) adds one in front.");
        }

        if (count != 1 && count != Rank - 2)
        {
            throw new ArgumentException($"Interpolate: {count} numbers are given for the {Rank - 2} dimensions behind N and C of shape {Shape}; give one for all or one for each.", name);
        }
    }

    /// <summary>One dimension resampled to <paramref name="to"/> elements, as many of which take the room of old ones as <paramref name="scale"/> says: a weighted sum of a few old elements for each new one.</summary>
    private Tensor Resample(int dim, int to, (double Old, double New) scale, InterpolationMode mode, bool alignCorners, bool antialias)
    {
        if (to < 1 || Shape[dim] < 1)
        {
            throw new ArgumentException($"Interpolate: dimension {dim} of shape {Shape} cannot become {to} elements; both must be at least 1.", nameof(to));
        }

        _ = Shape.Create([.. Shape.AsSpan()[..dim], to, .. Shape.AsSpan()[(dim + 1)..]]);
        if (mode is InterpolationMode.Nearest or InterpolationMode.NearestExact)
        {
            return IndexSelect(dim, From(Resampling.Nearest(Shape[dim], to, scale, mode == InterpolationMode.NearestExact)));
        }

        RequireFloatingPoint(nameof(Interpolate));
        var taps = new Resampling(Shape[dim], to, scale.Old / scale.New, mode == InterpolationMode.Cubic, alignCorners, antialias);
        int[] along = [to, .. Enumerable.Repeat(1, Rank - 1 - dim)];
        Tensor? sum = null;
        for (var t = 0; t < taps.Count; t++)
        {
            var term = IndexSelect(dim, From(taps.Places(t))) * From(taps.Weights(t), along).To(DType);
            sum = sum is null ? term : sum + term;
        }

        return sum!;
    }
}
