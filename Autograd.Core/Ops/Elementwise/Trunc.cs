namespace Autograd;

/// <summary>x without its fraction: rounded towards 0, elementwise. dy/dx = 0.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonInteger)]
internal sealed class TruncOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Truncate(x, y);

    protected override Tensor Vjp(Tensor grad) => Tensor.ZerosLike(grad);
}

public partial class Tensor
{
    /// <summary>x without its fraction: rounded towards 0, elementwise. Its derivative is 0 everywhere. Integers stay as they are.</summary>
    public Tensor Trunc() => DType.IsFloatingPoint ? new TruncOp(this).Apply() : Captured;
}
