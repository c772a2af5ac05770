namespace Autograd;

/// <summary>Whether a ≥ b, elementwise.</summary>
internal sealed class GeOp(Tensor a, Tensor b) : Relation<Kernels.Comparison.GreaterOrEqualRelation>(a, b);

public partial class Tensor
{
    /// <summary>Whether x is at least other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    public static Tensor operator >=(Tensor a, Tensor b) => a.Ge(b);

    /// <summary>Whether x is at least other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="a">The tensor.</param>
    /// <param name="b">A number.</param>
    public static Tensor operator >=(Tensor a, Scalar b) => a.Ge(b);

    /// <summary>Whether x is at least other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Ge(Tensor other) => new GeOp(this, other).Apply();

    /// <summary>Whether x is at least other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="other">A number.</param>
    public Tensor Ge(Scalar other) => Ge(other.Like(this));
}
