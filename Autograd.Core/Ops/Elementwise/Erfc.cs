namespace Autograd;

/// <summary>y = erfc x = 1 − erf x, elementwise, accurate for large x. dy/dx = −2/√π e^(−x²).</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class ErfcOp(Tensor x) : UnaryElementwise(x)
{
    public override int Cost => 22;

    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.VectorMath.Erfc(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * ((-(X * X)).Exp() * (-2 / double.Sqrt(double.Pi)));
}

public partial class Tensor
{
    /// <summary>The complementary error function erfc x = 1 − erf x, elementwise; accurate where it is small.</summary>
    public Tensor Erfc() => new ErfcOp(this).Apply();
}
