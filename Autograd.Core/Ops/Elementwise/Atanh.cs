namespace Autograd;

/// <summary>y = artanh x = ½ ln((1 + x)/(1 − x)), elementwise. dy/dx = 1/(1 − x²).</summary>
[GradientTest("3x2", "()", "0x3", Domain = Domain.Unit)]
internal sealed class AtanhOp(Tensor x) : UnaryElementwise(x)
{
    public override int Cost => 200;

    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Atanh(x, y);

    protected override Tensor Vjp(Tensor grad) => grad / (1 - X * X);
}

public partial class Tensor
{
    /// <summary>artanh x = ½ ln((1 + x)/(1 − x)), elementwise; ±∞ at ±1, NaN outside.</summary>
    public Tensor Atanh() => new AtanhOp(this).Apply();
}
