namespace Autograd;

public partial class Tensor
{
    /// <summary>ln(eˣ + e^other), elementwise with broadcasting, without overflow: the greater one plus ln(1 + e^−distance). Its derivatives are the softmax of the two.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor LogAddExp(Tensor other)
    {
        var dtype = Promotion.FloatingPoint(this, other);
        var (a, b) = (To(dtype), other.To(dtype));
        var first = a >= b;
        var (high, low) = (Where(first, a, b), Where(first, b, a));

        // ∞ − ∞ is NaN, but the sum of equal infinities is that infinity.
        var equal = high.Eq(low) & high.IsInfinity();
        var sum = high + Where(equal, double.NegativeInfinity, low - high).Softplus();
        return Where(equal, high, sum);
    }

    /// <summary>ln(eˣ + e^other), elementwise, without overflow.</summary>
    /// <param name="other">A number.</param>
    public Tensor LogAddExp(Scalar other) => LogAddExp(other.Like(this));

    /// <summary>x ln(other), elementwise with broadcasting, in which 0 ln(other) is 0 even where the logarithm is none or infinite (but not NaN ln's): the summand of an entropy.</summary>
    /// <param name="other">What the logarithm is taken of.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Xlogy(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);

        // There the logarithm gets another operand: 0 times an infinite value or derivative would be NaN.
        var vanishes = Eq(0) & ((other <= 0) | other.Eq(double.PositiveInfinity));
        return this * Where(vanishes, 1, other).Log();
    }

    /// <summary>x ln(other), elementwise, in which 0 ln(other) is 0.</summary>
    /// <param name="other">What the logarithm is taken of.</param>
    public Tensor Xlogy(Scalar other) => Xlogy(other.Like(this));
}
