namespace Autograd;

/// <summary>y = a + αb, elementwise, rounded once. dy/da = 1, dy/db = α.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Arguments = [-1.5])]
internal sealed class AddScaledOp(Tensor a, Tensor b, Scalar alpha) : BinaryArithmetic(a, b)
{
    public override bool TakesNumbers => true;

    protected override void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => Kernels.Arithmetic.AddScaled(a, b, alpha.To<T>(), y);

    protected override void Kernel<T>(ReadOnlySpan<T> a, T b, Span<T> y) => Kernels.Arithmetic.AddScaled(a, b, alpha.To<T>(), y);

    protected override void Kernel<T>(T a, ReadOnlySpan<T> b, Span<T> y) => Kernels.Arithmetic.AddScaled(a, b, alpha.To<T>(), y);

    protected override Tensor VjpA(Tensor grad) => grad;

    protected override Tensor VjpB(Tensor grad) => grad * alpha;
}

public partial class Tensor
{
    /// <summary>a + αb, elementwise with broadcasting, in one operation: floating-point results are rounded once.</summary>
    /// <param name="other">b.</param>
    /// <param name="alpha">α; a whole number for integers.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">α is a fraction, and both tensors hold integers or truth values.</exception>
    public Tensor Add(Tensor other, Scalar alpha)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (alpha.Category == DType.Float64 && !DType.IsFloatingPoint && !other.DType.IsFloatingPoint)
        {
            throw new DTypeException($"Add: alpha is {alpha}, but the tensors are {DType} and {other.DType}, whose sum has no fractions. Give a whole number, or convert a tensor: a.To(DType.Float32).");
        }

        return new AddScaledOp(this, other, alpha).Apply();
    }
}
