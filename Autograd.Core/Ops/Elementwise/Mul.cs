namespace Autograd;

/// <summary>y = a b, elementwise. dy/da = b, dy/db = a.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3")]
internal sealed class MulOp(Tensor a, Tensor b) : BinaryArithmetic<Kernels.Product>(a, b)
{
    public override Reads Reads => OtherFactor;

    protected override Tensor VjpA(Tensor grad) => grad * B;

    protected override Tensor VjpB(Tensor grad) => grad * A;
}

public partial class Tensor
{
    /// <summary>a b, elementwise with broadcasting (MatMul is the matrix product). Of two Bool tensors: logical and.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor operator *(Tensor a, Tensor b) => Promotion.AreBool(a, b) ? a & b : new MulOp(a, b).Apply();

    /// <summary>a b, elementwise with broadcasting (MatMul is the matrix product). Of two Bool tensors: logical and.</summary>
    /// <param name="a">The tensor.</param>
    /// <param name="b">A number.</param>
    public static Tensor operator *(Tensor a, Scalar b) => a * b.Like(a);

    /// <summary>a b, elementwise with broadcasting (MatMul is the matrix product). Of two Bool tensors: logical and.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">The tensor.</param>
    public static Tensor operator *(Scalar a, Tensor b) => a.Like(b) * b;

    /// <summary>a b, elementwise with broadcasting (MatMul is the matrix product). Of two Bool tensors: logical and.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Mul(Tensor other) => this * other;
}
