namespace Autograd;

public static partial class Linalg
{
    /// <summary>Aⁿ by repeated squaring: the unit matrix for 0, a power of the inverse below 0.</summary>
    /// <param name="a">Square matrices, [..., m, m].</param>
    /// <param name="n">The exponent.</param>
    /// <exception cref="LinearAlgebraException">The exponent is negative and a matrix is singular.</exception>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor MatrixPower(Tensor a, int n)
    {
        RequireSquare(a, nameof(MatrixPower));
        var square = n < 0 ? InverseFrom(a, transposed: false, name: nameof(MatrixPower)) : a;
        Tensor? power = null;
        for (var rest = Math.Abs((long)n); rest > 0; rest >>= 1)
        {
            power = (rest & 1) == 0 ? power : power is null ? square : power.MatMul(square);
            square = rest > 1 ? square.MatMul(square) : square;
        }

        // A⁰ is constant; the product with 0 keeps it on the tape where A is.
        return power ?? (Tensor.Eye(a.Shape[-1], dtype: a.DType).Expand(a.Shape) + Tensor.Where(Tensor.Full([], true), 0, a));
    }
}
