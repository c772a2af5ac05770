namespace Autograd;

/// <summary>y = eˣ − 1, elementwise, accurate near 0. dy/dx = y + 1.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class Expm1Op(Tensor x) : UnaryElementwise<Kernels.VectorMath.ExpM1Function>(x)
{
    public override int Cost => 9;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => grad * (Y + 1);
}

public partial class Tensor
{
    /// <summary>eˣ − 1, elementwise; accurate where x is near 0 and eˣ near 1.</summary>
    public Tensor Expm1() => new Expm1Op(this).Apply();
}
