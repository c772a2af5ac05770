namespace Autograd;

/// <summary>The greatest whole number not above x, elementwise. dy/dx = 0.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonInteger)]
internal sealed class FloorOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Floor(x, y);

    protected override Tensor Vjp(Tensor grad) => Tensor.ZerosLike(grad);
}

public partial class Tensor
{
    /// <summary>The greatest whole number not above x, elementwise. Its derivative is 0 everywhere. Integers stay as they are.</summary>
    public Tensor Floor() => DType.IsFloatingPoint ? new FloorOp(this).Apply() : Captured;
}
