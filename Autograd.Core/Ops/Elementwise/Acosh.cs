namespace Autograd;

/// <summary>y = arcosh x = ln(x + √(x² − 1)), elementwise. dy/dx = 1/√(x² − 1).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.AboveOne)]
internal sealed class AcoshOp(Tensor x) : UnaryElementwise(x)
{
    public override int Cost => 200;

    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Acosh(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * (X * X - 1).Rsqrt();
}

public partial class Tensor
{
    /// <summary>arcosh x = ln(x + √(x² − 1)), elementwise; NaN below 1.</summary>
    public Tensor Acosh() => new AcoshOp(this).Apply();
}
