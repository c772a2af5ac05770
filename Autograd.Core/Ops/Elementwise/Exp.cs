namespace Autograd;

/// <summary>y = eˣ, elementwise. dy/dx = y.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class ExpOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.ExpFunction>(x)
{
    public override int Cost => 6;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => grad * Y;
}

public partial class Tensor
{
    /// <summary>eˣ, elementwise.</summary>
    public Tensor Exp() => new ExpOp(this).Apply();
}
