namespace Autograd;

/// <summary>y = tan x, elementwise, x in radians. dy/dx = 1 + y².</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Unit)]
internal sealed class TanOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.TanFunction>(x)
{
    public override int Cost => 12;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => grad * (Y * Y + 1);
}

public partial class Tensor
{
    /// <summary>tan x, elementwise; x in radians.</summary>
    public Tensor Tan() => new TanOp(this).Apply();
}
