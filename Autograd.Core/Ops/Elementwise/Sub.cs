namespace Autograd;

/// <summary>y = a − b, elementwise. dy/da = 1, dy/db = −1.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3")]
internal sealed class SubOp(Tensor a, Tensor b) : BinaryArithmetic<Kernels.Difference>(a, b)
{
    protected override Tensor VjpA(Tensor grad) => grad;

    protected override Tensor VjpB(Tensor grad) => -grad;
}

public partial class Tensor
{
    /// <summary>a − b, elementwise with broadcasting.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor operator -(Tensor a, Tensor b) => Promotion.AreBool(a, b) ? throw NoBooleanDifference() : new SubOp(a, b).Apply();

    /// <summary>a − b, elementwise with broadcasting.</summary>
    /// <param name="a">The tensor.</param>
    /// <param name="b">A number.</param>
    public static Tensor operator -(Tensor a, Scalar b) => a - b.Like(a);

    /// <summary>a − b, elementwise with broadcasting.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">The tensor.</param>
    public static Tensor operator -(Scalar a, Tensor b) => a.Like(b) - b;

    /// <summary>a − b, elementwise with broadcasting.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Sub(Tensor other) => this - other;

    private static DTypeException NoBooleanDifference()
        => new("Sub: the difference of two Bool tensors is not defined. Use a ^ b for where they differ, or convert to numbers: a.To(DType.Int64) - b.");
}
