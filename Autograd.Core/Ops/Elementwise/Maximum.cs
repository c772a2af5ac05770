namespace Autograd;

/// <summary>y = max(a, b), elementwise; NaN if either is. The gradient goes to the greater one, half to each where they are equal.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Domain = Domain.Distinct)]
internal sealed class MaximumOp(Tensor a, Tensor b) : BinaryArithmetic<Kernels.Greater>(a, b)
{
    public override Reads Reads => Reads.First | Reads.Second;

    protected override Tensor VjpA(Tensor grad) => grad * Tensor.Share(A < B, A, B);

    protected override Tensor VjpB(Tensor grad) => grad * Tensor.Share(B < A, A, B);
}

public partial class Tensor
{
    /// <summary>max(x, other), elementwise with broadcasting; NaN where either is. The gradient goes to the greater one, half to each where they are equal.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Maximum(Tensor other) => new MaximumOp(this, other).Apply();

    /// <summary>max(x, other), elementwise with broadcasting; NaN where either is. The gradient goes to the greater one, half to each where they are equal.</summary>
    /// <param name="other">A number.</param>
    public Tensor Maximum(Scalar other) => Maximum(other.Like(this));

    /// <summary>The share of a gradient that an operand of a maximum or minimum receives: 0 where the other one beats it, ½ where both are equal, else 1 (also where either is NaN).</summary>
    internal static Tensor Share(Tensor beaten, Tensor a, Tensor b) => Where(a.Eq(b), Full([], 0.5, a.DType), (!beaten).To(a.DType));
}
