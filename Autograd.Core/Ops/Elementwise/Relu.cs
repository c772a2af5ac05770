namespace Autograd;

/// <summary>y = max(x, 0), elementwise. dy/dx = 1 where x &gt; 0, else 0 (also at 0, as the field has it).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonZero)]
internal sealed class ReluOp(Tensor x) : UnaryArithmetic<Kernels.Rectified>(x)
{
    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => Tensor.Where(Y <= 0, 0, grad);
}

public partial class Tensor
{
    /// <summary>The rectified linear unit max(x, 0), elementwise. Its derivative at 0 is 0. NaN stays NaN. (Nair, Hinton 2010.)</summary>
    public Tensor Relu() => new ReluOp(this).Apply();
}
