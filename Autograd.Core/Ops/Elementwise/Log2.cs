namespace Autograd;

/// <summary>y = log₂ x, elementwise. dy/dx = 1/(x ln 2).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Positive)]
internal sealed class Log2Op(Tensor x) : UnaryElementwise<Kernels.VectorMath.Log2Function>(x)
{
    public override int Cost => 12;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad / (X * double.Log(2));
}

public partial class Tensor
{
    /// <summary>The logarithm to base 2, elementwise; −∞ at 0, NaN below.</summary>
    public Tensor Log2() => new Log2Op(this).Apply();
}
