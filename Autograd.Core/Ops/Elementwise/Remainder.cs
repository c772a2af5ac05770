namespace Autograd;

public partial class Tensor
{
    /// <summary>a modulo b, elementwise with broadcasting: <see cref="Remainder(Tensor)"/>, of b's sign (unlike <c>%</c> of two C# numbers, which is <see cref="Fmod(Tensor)"/>).</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The divisors.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DivideByZeroException">Both are whole numbers and a divisor is 0.</exception>
    public static Tensor operator %(Tensor a, Tensor b)
    {
        // A rest of the wrong sign is one divisor away.
        var rest = new FmodOp(a, b).Apply();
        return Where(rest.Ne(0) & (rest < 0).Ne(b < 0), rest + b, rest);
    }

    /// <summary>a modulo b, elementwise: <see cref="Remainder(Tensor)"/>, of b's sign.</summary>
    /// <param name="a">The tensor.</param>
    /// <param name="b">The divisor.</param>
    /// <exception cref="DivideByZeroException">Both are whole numbers and the divisor is 0.</exception>
    public static Tensor operator %(Tensor a, Scalar b) => a % b.Like(a);

    /// <summary>a modulo b, elementwise: <see cref="Remainder(Tensor)"/>, of b's sign.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">The divisors.</param>
    /// <exception cref="DivideByZeroException">Both are whole numbers and a divisor is 0.</exception>
    public static Tensor operator %(Scalar a, Tensor b) => a.Like(b) % b;

    /// <summary>x modulo other, x − other·⌊x/other⌋, elementwise with broadcasting: it has the other's sign, so that −1 modulo 3 is 2. NaN where other is 0 or x infinite. dy/dx = 1, dy/dother = −⌊x/other⌋.</summary>
    /// <param name="other">The divisors.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DivideByZeroException">Both are whole numbers and a divisor is 0.</exception>
    public Tensor Remainder(Tensor other) => this % other;

    /// <summary>x modulo other, x − other·⌊x/other⌋, elementwise: it has the other's sign.</summary>
    /// <param name="other">The divisor.</param>
    /// <exception cref="DivideByZeroException">Both are whole numbers and the divisor is 0.</exception>
    public Tensor Remainder(Scalar other) => this % other;
}
