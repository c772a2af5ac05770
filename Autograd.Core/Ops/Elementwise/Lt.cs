namespace Autograd;

/// <summary>Whether a &lt; b, elementwise.</summary>
internal sealed class LtOp(Tensor a, Tensor b) : Relation<Kernels.Comparison.LessRelation>(a, b);

public partial class Tensor
{
    /// <summary>Whether x is less than other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    public static Tensor operator <(Tensor a, Tensor b) => a.Lt(b);

    /// <summary>Whether x is less than other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="a">The tensor.</param>
    /// <param name="b">A number.</param>
    public static Tensor operator <(Tensor a, Scalar b) => a.Lt(b);

    /// <summary>Whether x is less than other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Lt(Tensor other) => new LtOp(this, other).Apply();

    /// <summary>Whether x is less than other, elementwise with broadcasting: a Bool tensor; false where either is NaN.</summary>
    /// <param name="other">A number.</param>
    public Tensor Lt(Scalar other) => Lt(other.Like(this));
}
