namespace Autograd;

public partial class Tensor
{
    /// <summary>x + weight·(end − x), elementwise with broadcasting: on the straight line from x (weight 0) to <paramref name="end"/> (weight 1).</summary>
    /// <param name="end">The other end.</param>
    /// <param name="weight">How far along.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Lerp(Tensor end, Tensor weight) => this + ((end - this) * weight);

    /// <summary>x + weight·(end − x), elementwise with broadcasting: on the straight line from x (weight 0) to <paramref name="end"/> (weight 1).</summary>
    /// <param name="end">The other end.</param>
    /// <param name="weight">How far along.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Lerp(Tensor end, Scalar weight) => this + ((end - this) * weight);

    /// <summary>x + value·a·b, elementwise with broadcasting.</summary>
    /// <param name="a">One factor.</param>
    /// <param name="b">The other.</param>
    /// <param name="value">A number that multiplies both; 1 if left out.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor AddCMul(Tensor a, Tensor b, Scalar? value = null) => this + (value is { } factor ? a * b * factor : a * b);

    /// <summary>x + value·a/b, elementwise with broadcasting.</summary>
    /// <param name="a">The numerator.</param>
    /// <param name="b">The denominator.</param>
    /// <param name="value">A number that multiplies the quotient; 1 if left out.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor AddCDiv(Tensor a, Tensor b, Scalar? value = null) => this + (value is { } factor ? a / b * factor : a / b);
}
