namespace Autograd;

/// <summary>y = √x, elementwise. dy/dx = 1/(2y).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Positive)]
internal sealed class SqrtOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.SqrtFunction>(x)
{
    public override int Cost => 4;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => grad / (Y * 2);
}

public partial class Tensor
{
    /// <summary>The square root, elementwise; NaN below 0. Its derivative is infinite at 0.</summary>
    public Tensor Sqrt() => new SqrtOp(this).Apply();
}
