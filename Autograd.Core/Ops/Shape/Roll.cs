namespace Autograd;

public partial class Tensor
{
    /// <summary>The elements moved round along a dimension: what leaves at the end comes in at the beginning.</summary>
    /// <param name="shift">By how many places; negative numbers move towards the beginning.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    public Tensor Roll(int shift, int dim)
    {
        var size = Shape[Dims.Normalize(dim, Rank, nameof(Roll))];
        var cut = size == 0 ? 0 : ((shift % size) + size) % size;
        return cut == 0 ? Captured : Concatenate([Narrow(dim, size - cut, cut), Narrow(dim, 0, size - cut)], dim);
    }

    /// <summary>The elements moved round along several dimensions.</summary>
    /// <param name="shifts">By how many places along each; negative numbers move towards the beginning.</param>
    /// <param name="dims">As many dimensions; one that is named twice is moved twice.</param>
    /// <exception cref="ArgumentException">There are not as many dimensions as shifts.</exception>
    public Tensor Roll(ReadOnlySpan<int> shifts, ReadOnlySpan<int> dims)
    {
        if (shifts.Length != dims.Length)
        {
            throw new ArgumentException($"Roll: {shifts.Length} shifts, {Shape.Describe(shifts)}, do not go with {dims.Length} dimensions, {Shape.Describe(dims)}.", nameof(dims));
        }

        var y = Captured;
        for (var i = 0; i < dims.Length; i++)
        {
            y = y.Roll(shifts[i], dims[i]);
        }

        return y;
    }

    /// <summary>All elements moved round in row-major order, under the same shape.</summary>
    /// <param name="shift">By how many places; negative numbers move towards the beginning.</param>
    public Tensor Roll(int shift) => Flatten().Roll(shift, 0).Reshape(Shape);
}
