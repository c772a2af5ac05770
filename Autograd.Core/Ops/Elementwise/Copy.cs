namespace Autograd;

/// <summary>y = x, elementwise. dy/dx = 1.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class CopyOp(Tensor x) : UnaryArithmetic<Kernels.Identity>(x)
{
    /// <summary>Values of rows that are still to be computed, each repeated along its row in the pass that computes them; null if <paramref name="x"/> is no such thing.</summary>
    public static Tensor? AlongRows(Tensor x, Shape shape)
        => x is { Pending: { IsPerRow: true } pending, DType: not DType.Bool } && pending.Count == shape.ElementCount && x.Shape.RepeatsInRows(shape, pending.RowLength)
            ? Pending.Postpone(new CopyOp(x) { Shape = shape })
            : null;

    protected override Tensor Vjp(Tensor grad) => grad;
}
