namespace Autograd;

/// <summary>y = sin x, elementwise, x in radians. dy/dx = cos x.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class SinOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.SinFunction>(x)
{
    public override int Cost => 11;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad * X.Cos();
}

public partial class Tensor
{
    /// <summary>sin x, elementwise; x in radians.</summary>
    public Tensor Sin() => new SinOp(this).Apply();
}
