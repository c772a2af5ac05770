namespace Autograd;

/// <summary>y = ln x, elementwise. dy/dx = 1/x.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Positive)]
internal sealed class LogOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.LogFunction>(x)
{
    public override int Cost => 13;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad / X;
}

public partial class Tensor
{
    /// <summary>The natural logarithm ln x, elementwise; −∞ at 0, NaN below.</summary>
    public Tensor Log() => new LogOp(this).Apply();
}
