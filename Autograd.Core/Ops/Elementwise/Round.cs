namespace Autograd;

/// <summary>The nearest whole number, the even one of two equally near (IEEE 754), elementwise. dy/dx = 0.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonInteger)]
internal sealed class RoundOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Round(x, y);

    protected override Tensor Vjp(Tensor grad) => Tensor.ZerosLike(grad);
}

public partial class Tensor
{
    /// <summary>The nearest whole number, the even one of two equally near (IEEE 754), elementwise. Its derivative is 0 everywhere. Integers stay as they are.</summary>
    public Tensor Round() => DType.IsFloatingPoint ? new RoundOp(this).Apply() : Captured;
}
