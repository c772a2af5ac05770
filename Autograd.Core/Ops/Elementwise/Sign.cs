namespace Autograd;

/// <summary>y = sign x: −1, 0 or 1, elementwise; sign 0 = 0, sign NaN = NaN. dy/dx = 0.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonZero)]
internal sealed class SignOp(Tensor x) : UnaryArithmetic<Kernels.Signum>(x)
{
    protected override Tensor Vjp(Tensor grad) => Tensor.ZerosLike(grad);
}

public partial class Tensor
{
    /// <summary>The sign of x, elementwise: −1 below 0, 0 at 0, 1 above; NaN stays NaN. Its derivative is 0 everywhere.</summary>
    public Tensor Sign() => new SignOp(this).Apply();
}
