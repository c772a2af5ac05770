namespace Autograd;

/// <summary>y = 1/√x, elementwise. dy/dx = −y³/2.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Positive)]
internal sealed class RsqrtOp(Tensor x) : UnaryElementwise<Kernels.InverseRoot>(x)
{
    public override int Cost => 5;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => grad * (Y * Y * Y * -0.5);
}

public partial class Tensor
{
    /// <summary>1/√x, elementwise; +∞ at 0, NaN below.</summary>
    public Tensor Rsqrt() => new RsqrtOp(this).Apply();
}
