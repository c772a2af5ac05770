namespace Autograd;

/// <summary>y = the angle of the point (b, a), elementwise, in radians. dy/da = b/(a² + b²), dy/db = −a/(a² + b²), both 0 at the origin.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Domain = Domain.NonZero)]
internal sealed class Atan2Op(Tensor a, Tensor b) : BinaryElementwise(a, b)
{
    public override int Cost => 200;

    public override Reads Reads => Reads.First | Reads.Second;

    protected override void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Atan2(a, b, y);

    protected override Tensor VjpA(Tensor grad) => grad * OverSquaredRadius(B);

    protected override Tensor VjpB(Tensor grad) => -(grad * OverSquaredRadius(A));

    private Tensor OverSquaredRadius(Tensor x)
    {
        var square = A * A + B * B;
        return Tensor.Where(square.Eq(0), 0, x / square);
    }
}

public partial class Tensor
{
    /// <summary>The angle, −π to π, of the point (other, this) seen from the origin, elementwise with broadcasting.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Atan2(Tensor other) => new Atan2Op(this, other).Apply();

    /// <summary>The angle, −π to π, of the point (other, this) seen from the origin, elementwise with broadcasting.</summary>
    /// <param name="other">A number.</param>
    public Tensor Atan2(Scalar other) => Atan2(other.Like(this));
}
