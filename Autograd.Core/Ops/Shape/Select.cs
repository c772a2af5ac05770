namespace Autograd;

/// <summary>y = the selected places of x: a slice or a diagonal, as a view. The gradient goes back to these places; it is 0 elsewhere.</summary>
[GradientTest("4x3", Arguments = ["1:2:1, 0:2:2"])]
[GradientTest("4x3", Arguments = ["3:4:-1, 2:3:-1"])]
[GradientTest("3", Arguments = ["1:0:1"])]
[GradientTest("3x4", Arguments = ["diagonal 1 0 1"])]
[GradientTest("3x2x3", Arguments = ["diagonal -1 2 0"])]
[GradientTest("0x3", Arguments = ["0:0:1, 1:1:1"])]
internal sealed class SelectOp : View
{
    private readonly Selection selection;

    public SelectOp(Tensor x, Selection selection)
        : base(x)
    {
        this.selection = selection;
        Shape = selection.Of(Layout.RowMajor(x.Shape)).Shape;
    }

    public override string Name => selection is DiagonalSelection ? "Diagonal" : "Slice";

    public override Tensor Batch(BatchInputs x) => new SelectOp(x[0], selection.InEach(x.Count)).Apply();

    protected override Layout Arrange(Layout input) => selection.Of(input);

    protected override Tensor Vjp(Tensor grad) => new PlaceOp(Tensor.Zeros([], DType).Expand(From), grad, selection).Apply();
}

public partial class Tensor
{
    /// <summary>Elements <paramref name="start"/> … start + length − 1 along one dimension, as a view.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="start">The first element; negative numbers count from the end.</param>
    /// <param name="length">How many; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension, or the elements are not all there.</exception>
    public Tensor Narrow(int dim, int start, int length)
    {
        var d = Dims.Normalize(dim, Rank, nameof(Narrow));
        var size = Shape[d];
        var first = start < 0 ? start + size : start;
        if (first < 0 || length < 0 || length > size - first)
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"Narrow: dimension {dim} of shape {Shape} has {size} elements; {length} of them from {start} on are not all there.");
        }

        return SelectAlong(d, first, length, 1);
    }

    /// <summary>Element <paramref name="index"/> along one dimension, which disappears: a view.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">The element; negative numbers count from the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension or element.</exception>
    public Tensor Select(int dim, int index)
    {
        var d = Dims.Normalize(dim, Rank, nameof(Select));
        var size = Shape[d];
        var place = index < 0 ? index + size : index;
        if ((uint)place >= (uint)size)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Select: dimension {dim} of shape {Shape} has elements 0 to {size - 1} (or {-size} to -1), not {index}.");
        }

        return SelectAlong(d, place, 1, 1).Squeeze(d);
    }

    /// <summary>The elements in reverse order along the given dimensions, as a view.</summary>
    /// <param name="dims">The dimensions; none given: all.</param>
    public Tensor Flip(params ReadOnlySpan<int> dims)
    {
        var mask = Dims.ToMask(dims, Rank, nameof(Flip));
        var all = SliceSelection.All(Shape);
        for (var i = 0; i < Rank; i++)
        {
            if (mask[i])
            {
                all.Starts[i] = Math.Max(0, Shape[i] - 1);
                all.Steps[i] = -1;
            }
        }

        return new SelectOp(this, all).Apply();
    }

    /// <summary>The diagonals of the planes of two dimensions, which disappear; their elements become the last dimension of the result. A view.</summary>
    /// <param name="offset">0 for the main diagonal, above 0 to its right, below 0 under it.</param>
    /// <param name="dim0">The dimension of the rows.</param>
    /// <param name="dim1">The dimension of the columns.</param>
    /// <exception cref="ArgumentException">The two dimensions are one.</exception>
    public Tensor Diagonal(int offset = 0, int dim0 = 0, int dim1 = 1)
    {
        var (rows, columns) = (Dims.Normalize(dim0, Rank, nameof(Diagonal)), Dims.Normalize(dim1, Rank, nameof(Diagonal)));
        return rows != columns
            ? new SelectOp(this, new DiagonalSelection(offset, rows, columns)).Apply()
            : throw new ArgumentException($"Diagonal: the dimensions {dim0} and {dim1} are the same one; a diagonal needs two.", nameof(dim1));
    }

    /// <summary>Elements start, start + step, … along one dimension.</summary>
    internal Tensor SelectAlong(int dim, int start, int count, int step)
    {
        var selection = SliceSelection.All(Shape);
        (selection.Starts[dim], selection.Counts[dim], selection.Steps[dim]) = (start, count, step);
        return new SelectOp(this, selection).Apply();
    }
}
