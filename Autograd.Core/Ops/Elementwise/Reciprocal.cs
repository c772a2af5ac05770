namespace Autograd;

/// <summary>y = 1/x, elementwise. dy/dx = −y².</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.NonZero)]
internal sealed class ReciprocalOp(Tensor x) : UnaryElementwise<Kernels.Inverse>(x)
{
    public override int Cost => 3;

    public override Reads Reads => Reads.Output;

    protected override Tensor Vjp(Tensor grad) => -(grad * (Y * Y));
}

public partial class Tensor
{
    /// <summary>1/x, elementwise.</summary>
    public Tensor Reciprocal() => new ReciprocalOp(this).Apply();
}
