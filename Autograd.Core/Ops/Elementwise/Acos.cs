namespace Autograd;

/// <summary>y = arccos x, elementwise, in radians. dy/dx = −1/√(1 − x²).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Unit)]
internal sealed class AcosOp(Tensor x) : UnaryElementwise(x)
{
    public override int Cost => 200;

    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Acos(x, y);

    protected override Tensor Vjp(Tensor grad) => -(grad * (1 - X * X).Rsqrt());
}

public partial class Tensor
{
    /// <summary>arccos x in radians, 0 to π, elementwise; NaN outside −1 … 1.</summary>
    public Tensor Acos() => new AcosOp(this).Apply();
}
