namespace Autograd;

/// <summary>y = min(a, b), elementwise; NaN if either is. The gradient goes to the lesser one, half to each where they are equal.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Domain = Domain.Distinct)]
internal sealed class MinimumOp(Tensor a, Tensor b) : BinaryArithmetic<Kernels.Smaller>(a, b)
{
    public override Reads Reads => Reads.First | Reads.Second;

    protected override Tensor VjpA(Tensor grad) => grad * Tensor.Share(A > B, A, B);

    protected override Tensor VjpB(Tensor grad) => grad * Tensor.Share(B > A, A, B);
}

public partial class Tensor
{
    /// <summary>min(x, other), elementwise with broadcasting; NaN where either is. The gradient goes to the lesser one, half to each where they are equal.</summary>
    /// <param name="other">The second operand.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Minimum(Tensor other) => new MinimumOp(this, other).Apply();

    /// <summary>min(x, other), elementwise with broadcasting; NaN where either is. The gradient goes to the lesser one, half to each where they are equal.</summary>
    /// <param name="other">A number.</param>
    public Tensor Minimum(Scalar other) => Minimum(other.Like(this));
}
