namespace Autograd;

/// <summary>y = aᵇ, elementwise. dy/da = b aᵇ⁻¹, which is 0 where b is 0; dy/db = y ln a, which is 0 where a is 0 and b is not negative.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Domain = Domain.Positive)]
internal sealed class PowOp(Tensor a, Tensor b) : BinaryElementwise(a, b)
{
    public override int Cost => 200;

    public override Reads Reads => Reads.First | Reads.Second | Reads.Output;

    protected override void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => Kernels.VectorMath.Pow(a, b, y);

    protected override Tensor VjpA(Tensor grad) => grad * (B * Tensor.Where(A.Eq(0) & B.Eq(0), 1, A).Pow(B - 1));

    protected override Tensor VjpB(Tensor grad) => grad * (Y * Tensor.Where(A.Eq(0) & (B >= 0), 1, A).Log());
}

public partial class Tensor
{
    /// <summary>x to the power <paramref name="exponent"/>, elementwise with broadcasting, in floating point; NaN for a negative base and a fractional exponent.</summary>
    /// <param name="exponent">The exponents.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Pow(Tensor exponent) => new PowOp(this, exponent).Apply();

    /// <summary>x to the power <paramref name="exponent"/>, elementwise. Of an Int64 or Bool tensor and a whole exponent (<c>2</c>, not <c>2.0</c>), 0 or more, it is Int64.</summary>
    /// <param name="exponent">The exponent.</param>
    /// <exception cref="ArgumentOutOfRangeException">An Int64 tensor and a negative whole exponent.</exception>
    public Tensor Pow(Scalar exponent) => exponent.ToDouble() switch
    {
        _ when !DType.IsFloatingPoint && exponent.Category != DType.Float64 => WholePower(exponent.To<long>()),
        2 when DType.IsFloatingPoint => this * this,
        3 when DType.IsFloatingPoint => this * this * this,
        0.5 when DType.IsFloatingPoint => Sqrt(),
        _ => Pow(exponent.Like(this)),
    };

    // Square and multiply: exact in integers.
    private Tensor WholePower(long exponent)
    {
        if (exponent < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(exponent), exponent, "Pow: integers have no negative powers among the integers. Convert first: x.To(DType.Float32).Pow(exponent).");
        }

        var (power, square) = (Full(Shape, 1, DType.Int64), To(DType.Int64));
        for (; exponent > 0; exponent >>= 1)
        {
            power = (exponent & 1) == 1 ? power * square : power;
            square *= square;
        }

        return power;
    }
}
