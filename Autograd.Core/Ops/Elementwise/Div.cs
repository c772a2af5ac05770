namespace Autograd;

/// <summary>y = a/b, elementwise. dy/da = 1/b, dy/db = −y/b.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Domain = Domain.NonZero)]
internal sealed class DivOp(Tensor a, Tensor b) : BinaryArithmetic<Kernels.Quotient>(a, b, Promotion.FloatingPoint(a, b))
{
    public override int Cost => 3;

    public override Reads Reads => Needs(1) ? Reads.Second | Reads.Output : Reads.Second;

    protected override Tensor VjpA(Tensor grad) => grad / B;

    protected override Tensor VjpB(Tensor grad) => -(grad * (Y / B));
}

public partial class Tensor
{
    /// <summary>a/b, elementwise with broadcasting. Of integers: the quotient in the default floating-point type.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor operator /(Tensor a, Tensor b) => new DivOp(a, b).Apply();

    /// <summary>a/b, elementwise with broadcasting. Of integers: the quotient in the default floating-point type.</summary>
    /// <param name="a">The tensor.</param>
    /// <param name="b">A number.</param>
    public static Tensor operator /(Tensor a, Scalar b) => a / b.Like(a);

    /// <summary>a/b, elementwise with broadcasting. Of integers: the quotient in the default floating-point type.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">The tensor.</param>
    public static Tensor operator /(Scalar a, Tensor b) => a.Like(b) / b;

    /// <summary>a/b, elementwise with broadcasting. Of integers: the quotient in the default floating-point type.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Div(Tensor other) => this / other;
}
