namespace Autograd;

public partial class Tensor
{
    /// <summary>Copies of the whole tensor laid next to each other.</summary>
    /// <param name="repeats">How often along each dimension of the result; more numbers than dimensions add dimensions in front.</param>
    /// <exception cref="ShapeException">There are fewer numbers than dimensions, or one is negative.</exception>
    public Tensor Repeat(params ReadOnlySpan<int> repeats)
    {
        if (repeats.Length < Rank)
        {
            throw new ShapeException($"Repeat: {Shape.Describe(repeats)} names fewer dimensions than shape {Shape} has; give one number for each (Tile fills up with ones).");
        }

        if (TensorPrimitives.IsNegativeAny(repeats))
        {
            throw new ShapeException($"Repeat: {Shape.Describe(repeats)} has a negative number; a dimension can be repeated 0 times or more.");
        }

        // Each dimension of size s becomes [1, s], expands to [r, s], and merges to r·s.
        var lead = repeats.Length - Rank;
        var (pairs, expanded, merged) = (new int[2 * repeats.Length], new int[2 * repeats.Length], new int[repeats.Length]);
        for (var i = 0; i < repeats.Length; i++)
        {
            var size = i < lead ? 1 : Shape[i - lead];
            (pairs[2 * i], pairs[(2 * i) + 1]) = (1, size);
            (expanded[2 * i], expanded[(2 * i) + 1]) = (repeats[i], size);
            merged[i] = Shape.Create([repeats[i], size]).ElementCount;
        }

        return Reshape(pairs).Expand(expanded).Reshape(merged);
    }

    /// <summary>Copies of the whole tensor laid next to each other; where fewer numbers than dimensions are given, the front ones count as 1.</summary>
    /// <param name="repeats">How often along each dimension of the result.</param>
    public Tensor Tile(params ReadOnlySpan<int> repeats)
    {
        int[] all = [.. Enumerable.Repeat(1, Math.Max(0, Rank - repeats.Length)), .. repeats];
        return Repeat(all);
    }

    /// <summary>Each slice along one dimension repeated: 1, 2 becomes 1, 1, 2, 2.</summary>
    /// <param name="repeats">How often; 0 or more.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or there is no such dimension.</exception>
    public Tensor RepeatInterleave(int repeats, int dim)
    {
        Require.AtLeast(repeats, 0, nameof(RepeatInterleave));
        var d = Dims.Normalize(dim, Rank, nameof(RepeatInterleave));
        ReadOnlySpan<int> sizes = Shape;
        int[] apart = [.. sizes[..(d + 1)], repeats, .. sizes[(d + 1)..]];
        int[] merged = [.. sizes[..d], Shape.Create([sizes[d], repeats]).ElementCount, .. sizes[(d + 1)..]];
        return Unsqueeze(d + 1).Expand(apart).Reshape(merged);
    }
}
