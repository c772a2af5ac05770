namespace Autograd;

/// <summary>The nearest whole number, the even one of two equally near (IEEE 754), elementwise. dy/dx = 0.</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonInteger)]
internal sealed class RoundOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Round(x, y);

    protected override Tensor Vjp(Tensor grad) => Tensor.ZerosLike(grad);
}

public partial class Tensor
{
    /// <summary>The nearest whole number, the even one of two equally near (IEEE 754), elementwise. Its derivative is 0 everywhere. Integers stay as they are.</summary>
    public Tensor Round() => DType.IsFloatingPoint ? new RoundOp(this).Apply() : Captured;

    /// <summary>The nearest number with <paramref name="decimals"/> decimals (negative: the nearest multiple of 10, 100, …), the even one of two equally near: round(x·10ⁿ)/10ⁿ. Its derivative is 0 everywhere.
    /// Numbers so large that they have no such decimals stay as they are, and so do integers with 0 decimals or more.</summary>
    /// <param name="decimals">n: at most 300, in Float32 at most 38, in size.</param>
    /// <exception cref="ArgumentOutOfRangeException">10ⁿ is beyond the range of the type.</exception>
    /// <exception cref="DTypeException">Integers and a negative number of decimals.</exception>
    public Tensor Round(int decimals)
    {
        if (!DType.IsFloatingPoint)
        {
            return decimals >= 0 ? Captured : throw new DTypeException($"Round: {decimals} decimals of {DType} elements; only floating-point numbers are rounded so. Convert first: x.To(DType.Float64).Round({decimals}).");
        }

        var most = DType == DType.Float32 ? 38 : 300;
        if (Math.Abs((long)decimals) > most)
        {
            throw new ArgumentOutOfRangeException(nameof(decimals), decimals, $"Round: {DType} numbers can be rounded to at most {most} decimals.");
        }

        var power = Math.Pow(10, Math.Abs(decimals));
        var scaled = decimals < 0 ? this / power : this * power;
        var rounded = decimals < 0 ? scaled.Round() * power : scaled.Round() / power;
        return Where(scaled.IsFinite(), rounded, Detach());
    }

    /// <summary>The fraction of x, x − trunc x, elementwise: of x's sign. Its derivative is 1.</summary>
    public Tensor Frac() => this - Trunc();
}
