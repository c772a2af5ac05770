namespace Autograd;

/// <summary>y = cosh x = (eˣ + e⁻ˣ)/2, elementwise. dy/dx = sinh x.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class CoshOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.CoshFunction>(x)
{
    public override int Cost => 9;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad * X.Sinh();
}

public partial class Tensor
{
    /// <summary>cosh x = (eˣ + e⁻ˣ)/2, elementwise.</summary>
    public Tensor Cosh() => new CoshOp(this).Apply();
}
