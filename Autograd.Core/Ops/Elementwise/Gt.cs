namespace Autograd;

/// <summary>Whether a &gt; b, elementwise.</summary>
internal sealed class GtOp(Tensor a, Tensor b) : Relation<Kernels.Comparison.GreaterRelation>(a, b);

public partial class Tensor
{
    /// <summary>Whether x is greater than other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    public static Tensor operator >(Tensor a, Tensor b) => a.Gt(b);

    /// <summary>Whether x is greater than other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="a">The tensor.</param>
    /// <param name="b">A number.</param>
    public static Tensor operator >(Tensor a, Scalar b) => a.Gt(b);

    /// <summary>Whether x is greater than other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Gt(Tensor other) => new GtOp(this, other).Apply();

    /// <summary>Whether x is greater than other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="other">A number.</param>
    public Tensor Gt(Scalar other) => Gt(other.Like(this));
}
