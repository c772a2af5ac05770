namespace Autograd;

/// <summary>y = log₁₀ x, elementwise. dy/dx = 1/(x ln 10).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Positive)]
internal sealed class Log10Op(Tensor x) : UnaryElementwise<Kernels.VectorMath.Log10Function>(x)
{
    public override int Cost => 13;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad / (X * double.Log(10));
}

public partial class Tensor
{
    /// <summary>The logarithm to base 10, elementwise; −∞ at 0, NaN below.</summary>
    public Tensor Log10() => new Log10Op(this).Apply();
}
