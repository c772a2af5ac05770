namespace Autograd;

/// <summary>y = ln(1 + eˣ), elementwise, without overflow. dy/dx = σ(x).</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class SoftplusOp(Tensor x) : UnaryElementwise<Kernels.VectorMath.SoftplusFunction>(x)
{
    public override int Cost => 22;

    public override Reads Reads => Reads.First;

    protected override Tensor Vjp(Tensor grad) => grad * X.Sigmoid();
}

public partial class Tensor
{
    /// <summary>The smooth rectifier ln(1 + eˣ), elementwise; neither overflows nor loses small values. Its derivative is the sigmoid. (Dugas et al. 2001.)</summary>
    public Tensor Softplus() => new SoftplusOp(this).Apply();

    /// <summary>ln(1 + e^(βx))/β, elementwise, and x itself where βx exceeds a threshold, as PyTorch has it. Without the threshold, use <see cref="Softplus()"/>: it needs none.</summary>
    /// <param name="beta">β; above 0. The greater, the closer to the rectifier.</param>
    /// <param name="threshold">From where on the function is taken to be x.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not above 0.</exception>
    public Tensor Softplus(double beta, double threshold = 20)
    {
        Require.Positive(beta, nameof(Softplus));
        var scaled = this * beta;
        return Where(scaled > threshold, this, scaled.Softplus() / beta);
    }
}
