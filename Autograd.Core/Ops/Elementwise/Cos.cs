namespace Autograd;

/// <summary>y = cos x, elementwise, x in radians. dy/dx = −sin x.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class CosOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.CosFunction>(x)
{
    public override int Cost => 11;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => -(grad * X.Sin());
}

public partial class Tensor
{
    /// <summary>cos x, elementwise; x in radians.</summary>
    public Tensor Cos() => new CosOp(this).Apply();
}
