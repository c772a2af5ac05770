namespace Autograd;

/// <summary>y = tanh x, elementwise. dy/dx = 1 − y².</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class TanhOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.TanhFunction>(x)
{
    public override int Cost => 12;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => grad * (1 - Y * Y);
}

public partial class Tensor
{
    /// <summary>tanh x, elementwise: −1 to 1.</summary>
    public Tensor Tanh() => new TanhOp(this).Apply();
}
