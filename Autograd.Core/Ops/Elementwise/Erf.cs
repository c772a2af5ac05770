namespace Autograd;

/// <summary>y = erf x = 2/√π ∫₀ˣ e^(−t²) dt, elementwise. dy/dx = 2/√π e^(−x²).</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class ErfOp(Tensor x) : UnaryElementwise(x)
{
    public override int Cost => DType == DType.Float32 ? 8 : 22;

    public override Reads Reads => Reads.First;

    internal override LaneMethod? Lanes => DType == DType.Float32 ? LaneMethod.Of<Kernels.VectorMath.ErfSingleFunction>.Instance : null;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.VectorMath.Erf(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * ((-(X * X)).Exp() * (2 / double.Sqrt(double.Pi)));
}

public partial class Tensor
{
    /// <summary>The error function erf x = 2/√π ∫₀ˣ e^(−t²) dt, elementwise: −1 to 1.</summary>
    public Tensor Erf() => new ErfOp(this).Apply();
}
