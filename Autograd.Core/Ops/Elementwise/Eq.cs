namespace Autograd;

/// <summary>Whether a = b, elementwise.</summary>
internal sealed class EqOp(Tensor a, Tensor b) : Relation<Kernels.Comparison.EqualRelation>(a, b);

public partial class Tensor
{
    /// <summary>Whether x equals other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Eq(Tensor other) => new EqOp(this, other).Apply();

    /// <summary>Whether x equals other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="other">A number.</param>
    public Tensor Eq(Scalar other) => Eq(other.Like(this));
}
