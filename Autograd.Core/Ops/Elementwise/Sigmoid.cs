namespace Autograd;

/// <summary>y = 1/(1 + e⁻ˣ), elementwise. dy/dx = y(1 − y).</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class SigmoidOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.SigmoidFunction>(x)
{
    public override int Cost => 9;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => grad * (Y * (1 - Y));
}

public partial class Tensor
{
    /// <summary>The logistic function 1/(1 + e⁻ˣ), elementwise: 0 to 1.</summary>
    public Tensor Sigmoid() => new SigmoidOp(this).Apply();
}
