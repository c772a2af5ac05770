namespace Autograd;

/// <summary>y = arctan x, elementwise, in radians. dy/dx = 1/(1 + x²).</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class AtanOp(Tensor x) : UnaryElementwise(x)
{
    public override int Cost => 200;

    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Atan(x, y);

    protected override Tensor Vjp(Tensor grad) => grad / (X * X + 1);
}

public partial class Tensor
{
    /// <summary>arctan x in radians, −π/2 to π/2, elementwise.</summary>
    public Tensor Atan() => new AtanOp(this).Apply();
}
