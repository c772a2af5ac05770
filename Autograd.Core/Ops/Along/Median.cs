namespace Autograd;

public partial class Tensor
{
    /// <summary>The middle one of all elements in the order of their values, the lower one of two; NaN if there is one. The gradient goes to that element.</summary>
    /// <exception cref="ShapeException">The tensor is empty.</exception>
    public Tensor Median() => Flatten().Median(0).Values;

    /// <summary>The middle element along one dimension, the lower one of two, and its place; the first NaN if there is one. The gradient goes to that place.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public (Tensor Values, Tensor Indices) Median(int dim, bool keepDim = false)
    {
        var size = SizeAlong(dim, nameof(Median));
        if (size == 0)
        {
            throw new ShapeException($"Median: shape {Shape} has no elements along dimension {dim}.");
        }

        if (Rank == 0)
        {
            return (Captured, Zeros([], DType.Int64));
        }

        // NaN comes last in the order: the first of c NaN is at n − c.
        var none = IsNaN().Sum(dim, keepDim: true);
        var middle = Where(none > 0, size - none, (size - 1) / 2);
        return Picked(ArgSort(dim).Gather(dim, middle), dim, keepDim);
    }
}
