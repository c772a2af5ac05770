namespace Autograd;

/// <summary>y = arsinh x = ln(x + √(x² + 1)), elementwise. dy/dx = 1/√(x² + 1).</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class AsinhOp(Tensor x) : UnaryElementwise(x)
{
    public override int Cost => 200;

    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Asinh(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * (X * X + 1).Rsqrt();
}

public partial class Tensor
{
    /// <summary>arsinh x = ln(x + √(x² + 1)), elementwise.</summary>
    public Tensor Asinh() => new AsinhOp(this).Apply();
}
