namespace Autograd;

/// <summary>y = √(a² + b²), elementwise, without overflow. dy/da = a/y, dy/db = b/y, both 0 at the origin.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Domain = Domain.NonZero)]
internal sealed class HypotOp(Tensor a, Tensor b) : BinaryElementwise(a, b)
{
    public override int Cost => 30;

    public override Reads Reads => (Needs(0) ? Reads.First : Reads.Nothing) | (Needs(1) ? Reads.Second : Reads.Nothing) | Reads.Output;

    protected override void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Hypot(a, b, y);

    protected override Tensor VjpA(Tensor grad) => grad * (A / Divisor());

    protected override Tensor VjpB(Tensor grad) => grad * (B / Divisor());

    private Tensor Divisor() => Tensor.Where(Y.Eq(0), 1, Y);
}

public partial class Tensor
{
    /// <summary>√(x² + other²), elementwise with broadcasting: the distance of the point (x, other) from the origin, without overflow or underflow. ∞ where either is infinite. The derivatives at the origin are taken as 0.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Hypot(Tensor other) => new HypotOp(this, other).Apply();

    /// <summary>√(x² + other²), elementwise, without overflow or underflow.</summary>
    /// <param name="other">A number.</param>
    public Tensor Hypot(Scalar other) => Hypot(other.Like(this));
}
