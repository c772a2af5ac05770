namespace Autograd;

/// <summary>y = 2ˣ, elementwise. dy/dx = y ln 2.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class Exp2Op(Tensor x) : UnaryElementwise<Kernels.VectorMath.Exp2Function>(x)
{
    public override int Cost => 6;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => grad * (Y * double.Log(2));
}

public partial class Tensor
{
    /// <summary>2ˣ, elementwise.</summary>
    public Tensor Exp2() => new Exp2Op(this).Apply();
}
