namespace Autograd;

/// <summary>y = arcsin x, elementwise, in radians. dy/dx = 1/√(1 − x²).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Unit)]
internal sealed class AsinOp(Tensor x) : UnaryElementwise(x)
{
    public override int Cost => 200;

    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Asin(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * (1 - X * X).Rsqrt();
}

public partial class Tensor
{
    /// <summary>arcsin x in radians, −π/2 to π/2, elementwise; NaN outside −1 … 1.</summary>
    public Tensor Asin() => new AsinOp(this).Apply();
}
