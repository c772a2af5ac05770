namespace Autograd;

/// <summary>y = x with its dimensions in another order, as a view. The gradient is permuted back.</summary>
[GradientTest("3x2", Arguments = [new[] { 1, 0 }])]
[GradientTest("2x3x4", Arguments = [new[] { 2, 0, 1 }])]
[GradientTest("0x3", Arguments = [new[] { 1, 0 }])]
internal sealed class PermuteOp : View
{
    private readonly int[] order;

    public PermuteOp(Tensor x, int[] order)
        : base(x)
    {
        this.order = order;
        Shape = Layout.RowMajor(x.Shape).Permute(order).Shape;
    }

    public override Tensor Batch(BatchInputs x) => new PermuteOp(x[0], [0, .. order.Select(dim => dim + 1)]).Apply();

    protected override Layout Arrange(Layout input) => input.Permute(order);

    protected override Tensor Vjp(Tensor grad)
    {
        var inverse = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        return grad.Permute(inverse);
    }
}

public partial class Tensor
{
    /// <summary>The matrix transposed: the last two dimensions exchanged. A view.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rank is below 2.</exception>
    public Tensor T => Transpose(-2, -1);

    /// <summary>The dimensions in another order: dimension k of the result is dimension dims[k] of this tensor. A view.</summary>
    /// <param name="dims">Every dimension once; negative numbers count from the last.</param>
    /// <exception cref="ArgumentException">A dimension is missing or named twice.</exception>
    public Tensor Permute(params ReadOnlySpan<int> dims)
    {
        if (dims.Length != Rank)
        {
            throw new ArgumentException($"Permute: shape {Shape} has {Rank} dimensions, but {dims.Length} are named in {Shape.Describe(dims)}; name each once.", nameof(dims));
        }

        if (Rank == 0)
        {
            return Captured;
        }

        Dims.ToMask(dims, Rank, nameof(Permute));
        var order = new int[dims.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = Dims.Normalize(dims[i], Rank, nameof(Permute));
        }

        return new PermuteOp(this, order).Apply();
    }

    /// <summary>Two dimensions exchanged. A view.</summary>
    /// <param name="dim0">One dimension; negative numbers count from the last.</param>
    /// <param name="dim1">The other.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor Transpose(int dim0, int dim1)
    {
        var (d0, d1) = (Dims.NormalizeScalarAsVector(dim0, Rank, nameof(Transpose)), Dims.NormalizeScalarAsVector(dim1, Rank, nameof(Transpose)));
        if (d0 == d1)
        {
            return Captured;
        }

        var order = new int[Rank];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i == d0 ? d1 : i == d1 ? d0 : i;
        }

        return new PermuteOp(this, order).Apply();
    }

    /// <summary>One dimension moved to another place, the others in their order. A view.</summary>
    /// <param name="source">The dimension; negative numbers count from the last.</param>
    /// <param name="destination">Its place in the result.</param>
    public Tensor MoveDim(int source, int destination)
    {
        var (from, to) = (Dims.Normalize(source, Rank, nameof(MoveDim)), Dims.Normalize(destination, Rank, nameof(MoveDim)));
        List<int> order = [.. Enumerable.Range(0, Rank)];
        order.RemoveAt(from);
        order.Insert(to, from);
        return Permute([.. order]);
    }
}
