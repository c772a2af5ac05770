namespace Autograd;

/// <summary>y = x repeated along dimensions of size 1 and along new ones in front, as a view. The gradient is summed over the repetitions (by the engine, as for every broadcast).</summary>
[GradientTest("3x1", Arguments = [new[] { 2, 3, 4 }])]
[GradientTest("()", Arguments = [new[] { 2, 2 }])]
[GradientTest("1x3", Arguments = [new[] { 0, 3 }])]
internal sealed class ExpandOp : View
{
    public ExpandOp(Tensor x, int[] sizes)
        : this(x, Shape.Create(sizes))
    {
    }

    public ExpandOp(Tensor x, Shape shape)
        : base(x)
        => Shape = shape;

    public override Tensor Batch(BatchInputs x) => x.Aligned(0, Shape.Rank).Expand(x.Of(Shape));

    // Values of rows wait for the elements that will be computed from them; a view would need them now.
    protected override Tensor Compute() => CopyOp.AlongRows(X, Shape) ?? base.Compute();

    protected override Layout Arrange(Layout input) => input.Expand(Shape);

    protected override Tensor Vjp(Tensor grad) => grad;
}

public partial class Tensor
{
    /// <summary>The tensor repeated, without copying, along dimensions of size 1 and along new dimensions in front.</summary>
    /// <param name="shape">The sizes of the result; −1 keeps a size.</param>
    /// <exception cref="ShapeException">A size other than 1 would have to change.</exception>
    public Tensor Expand(params ReadOnlySpan<int> shape)
    {
        int[] sizes = [.. shape];
        var lead = sizes.Length - Rank;
        for (var i = Math.Max(0, lead); i < sizes.Length; i++)
        {
            sizes[i] = sizes[i] == -1 ? Shape[i - lead] : sizes[i];
        }

        var target = Shape.Create(sizes);
        return target == Shape ? Captured
            : target.CoversAll(Shape) ? new ExpandOp(this, target).Apply()
            : throw new ShapeException($"Expand: shape {Shape} cannot become {target}: aligned at the right, only sizes of 1 can grow. Use Repeat to copy a tensor several times.");
    }

    /// <summary>The tensor expanded to the shape of another one.</summary>
    /// <param name="other">The tensor whose shape counts.</param>
    public Tensor ExpandAs(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Expand(other.Shape);
    }
}
