namespace Autograd;

/// <summary>Whether a ≠ b, elementwise.</summary>
internal sealed class NeOp(Tensor a, Tensor b) : Relation<Kernels.Comparison.NotEqualRelation>(a, b);

public partial class Tensor
{
    /// <summary>Whether x differs from other, elementwise with broadcasting: a Bool tensor; true where either is NaN.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Ne(Tensor other) => new NeOp(this, other).Apply();

    /// <summary>Whether x differs from other, elementwise with broadcasting: a Bool tensor; true where either is NaN.</summary>
    /// <param name="other">A number.</param>
    public Tensor Ne(Scalar other) => Ne(other.Like(this));
}
