namespace Autograd;

/// <summary>y = ln(1 + x), elementwise, accurate near 0. dy/dx = 1/(1 + x).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Unit)]
internal sealed class Log1pOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.LogP1Function>(x)
{
    public override int Cost => 15;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad / (X + 1);
}

public partial class Tensor
{
    /// <summary>ln(1 + x), elementwise; accurate where x is near 0. −∞ at −1, NaN below.</summary>
    public Tensor Log1p() => new Log1pOp(this).Apply();
}
