namespace Autograd;

/// <summary>y = the elements of x in the same order under other sizes: a view where strides can express it, else a copy. The gradient is reshaped back.</summary>
[GradientTest("3x2", Arguments = [new[] { 2, 3 }])]
[GradientTest("2x3x2", Arguments = [new[] { 3, 4 }])]
[GradientTest("()", Arguments = [new[] { 1, 1 }])]
[GradientTest("0x3", Arguments = [new[] { 2, 0 }])]
internal sealed class ReshapeOp : View
{
    public ReshapeOp(Tensor x, int[] sizes)
        : this(x, Shape.Create(sizes))
    {
    }

    public ReshapeOp(Tensor x, Shape shape)
        : base(x)
        => Shape = shape;

    protected override Tensor Compute()
        => ValueOf(0).Layout.TryReshape(Shape, out var view)
            ? new Tensor(ValueOf(0), view)
            : new Tensor(Strided.Copy(ValueOf(0)), Layout.RowMajor(Shape));

    public override Tensor Batch(BatchInputs x) => new ReshapeOp(x[0], x.Of(Shape)).Apply();

    protected override Layout Arrange(Layout input) => input;

    protected override Tensor Vjp(Tensor grad) => grad.Reshape(From);
}

public partial class Tensor
{
    /// <summary>The same elements, in the same order, under other sizes; without copying where the layout allows it.</summary>
    /// <param name="shape">The sizes; one of them may be −1, to be found from the others.</param>
    /// <exception cref="ShapeException">The sizes do not take exactly this tensor's elements.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> shape)
    {
        var target = ResolveShape(shape);
        return target == Shape ? Captured : new ReshapeOp(this, target).Apply();
    }

    /// <summary>The dimensions <paramref name="startDim"/> … <paramref name="endDim"/> as one.</summary>
    /// <param name="startDim">The first dimension to merge.</param>
    /// <param name="endDim">The last one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension, or the first is behind the last.</exception>
    public Tensor Flatten(int startDim = 0, int endDim = -1)
    {
        if (Rank == 0)
        {
            return Reshape(1);
        }

        var (first, last) = (Dims.Normalize(startDim, Rank, nameof(Flatten)), Dims.Normalize(endDim, Rank, nameof(Flatten)));
        if (first > last)
        {
            throw new ArgumentOutOfRangeException(nameof(startDim), startDim, $"Flatten: dimension {startDim} of shape {Shape} lies behind dimension {endDim}.");
        }

        ReadOnlySpan<int> sizes = Shape;
        var merged = Shape.Create(sizes[first..(last + 1)]).ElementCount;
        return Reshape([.. sizes[..first], merged, .. sizes[(last + 1)..]]);
    }

    /// <summary>The tensor without its dimensions of size 1.</summary>
    public Tensor Squeeze() => Reshape([.. Shape.Where(size => size != 1)]);

    /// <summary>The tensor without dimension <paramref name="dim"/> if that has size 1, else the tensor itself.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor Squeeze(int dim)
    {
        var d = Dims.NormalizeScalarAsVector(dim, Rank, nameof(Squeeze));
        ReadOnlySpan<int> sizes = Shape;
        return Rank == 0 || sizes[d] != 1 ? Captured : Reshape([.. sizes[..d], .. sizes[(d + 1)..]]);
    }

    /// <summary>The tensor without those of the given dimensions that have size 1.</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    /// <exception cref="ArgumentException">A dimension is named twice.</exception>
    public Tensor Squeeze(ReadOnlySpan<int> dims)
    {
        if (dims.IsEmpty)
        {
            return Captured;
        }

        var named = Dims.ToMask(dims, Rank, nameof(Squeeze));
        var sizes = new List<int>(Rank);
        for (var i = 0; i < Rank; i++)
        {
            if (!named[i] || Shape[i] != 1)
            {
                sizes.Add(Shape[i]);
            }
        }

        return Reshape([.. sizes]);
    }

    /// <summary>The tensor with a new dimension of size 1 at place <paramref name="dim"/> of the result.</summary>
    /// <param name="dim">−Rank − 1 to Rank.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public Tensor Unsqueeze(int dim)
    {
        var d = Dims.Normalize(dim, Rank + 1, nameof(Unsqueeze));
        ReadOnlySpan<int> sizes = Shape;
        return Reshape([.. sizes[..d], 1, .. sizes[d..]]);
    }

    /// <summary>Dimension <paramref name="dim"/> split into several.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="sizes">The sizes that replace it; one may be −1.</param>
    /// <exception cref="ShapeException">Their product is not the dimension's size.</exception>
    public Tensor Unflatten(int dim, params ReadOnlySpan<int> sizes)
    {
        var d = Dims.Normalize(dim, Rank, nameof(Unflatten));
        var parts = TryResolve(sizes, Shape[d])
            ?? throw new ShapeException($"Unflatten: the sizes {Shape.Describe(sizes)} do not multiply to {Shape[d]}, the size of dimension {dim} of shape {Shape}; one of them may be -1.");
        ReadOnlySpan<int> all = Shape;
        return Reshape([.. all[..d], .. parts, .. all[(d + 1)..]]);
    }

    private Shape ResolveShape(ReadOnlySpan<int> sizes)
        => TryResolve(sizes, ElementCount) ?? throw new ShapeException(
            sizes.Contains(-1)
                ? $"Reshape: shape {Shape} ({ElementCount} elements) cannot become {Shape.Describe(sizes)}: exactly one size may be -1, and the others must divide the number of elements."
                : $"Reshape: shape {Shape} has {ElementCount} elements, {Shape.Describe(sizes)} takes {Shape.Create(sizes).ElementCount}.");

    /// <summary>The sizes, of which one may be −1, as a shape of exactly <paramref name="count"/> elements; null if they do not fit.</summary>
    private static Shape? TryResolve(ReadOnlySpan<int> sizes, int count)
    {
        var unknown = sizes.IndexOf(-1);
        if (unknown < 0)
        {
            var shape = Shape.Create(sizes);
            return shape.ElementCount == count ? shape : null;
        }

        int[] resolved = [.. sizes];
        resolved[unknown] = 1;
        if (resolved.Contains(-1) || Shape.Create(resolved).ElementCount is not (> 0 and var known) || count % known != 0)
        {
            return null;
        }

        resolved[unknown] = count / known;
        return Shape.Create(resolved);
    }
}
