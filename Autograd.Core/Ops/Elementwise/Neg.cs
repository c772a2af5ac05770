namespace Autograd;

/// <summary>y = −x, elementwise. dy/dx = −1.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class NegOp(Tensor x) : UnaryArithmetic<Kernels.Negative>(x)
{
    protected override Tensor Vjp(Tensor grad) => -grad;
}

public partial class Tensor
{
    /// <summary>−x, elementwise.</summary>
    /// <param name="x">The tensor.</param>
    public static Tensor operator -(Tensor x) => x.Neg();

    /// <summary>−x, elementwise.</summary>
    public Tensor Neg() => new NegOp(this).Apply();
}
