namespace Autograd;

/// <summary>y = sinh x = (eˣ − e⁻ˣ)/2, elementwise. dy/dx = cosh x.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class SinhOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.SinhFunction>(x)
{
    public override int Cost => 14;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad * X.Cosh();
}

public partial class Tensor
{
    /// <summary>sinh x = (eˣ − e⁻ˣ)/2, elementwise.</summary>
    public Tensor Sinh() => new SinhOp(this).Apply();
}
