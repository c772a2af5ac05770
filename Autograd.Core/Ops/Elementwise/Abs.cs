namespace Autograd;

/// <summary>y = |x|, elementwise. dy/dx = sign x, which is 0 at 0.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonZero)]
internal sealed class AbsOp(Tensor x) : UnaryArithmetic<Kernels.Absolute>(x)
{
    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad * X.Sign();
}

public partial class Tensor
{
    /// <summary>The absolute value |x|, elementwise. Its derivative at 0 is taken as 0.</summary>
    public Tensor Abs() => new AbsOp(this).Apply();
}
