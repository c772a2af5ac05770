namespace Autograd;

/// <summary>The least whole number not below x, elementwise. dy/dx = 0.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonInteger)]
internal sealed class CeilOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Ceiling(x, y);

    protected override Tensor Vjp(Tensor grad) => Tensor.ZerosLike(grad);
}

public partial class Tensor
{
    /// <summary>The least whole number not below x, elementwise. Its derivative is 0 everywhere. Integers stay as they are.</summary>
    public Tensor Ceil() => DType.IsFloatingPoint ? new CeilOp(this).Apply() : Captured;
}
