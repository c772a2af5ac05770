namespace Autograd.NN;

/// <summary>SiLU, or swish: x σ(x), elementwise. (Elfwing et al. 2017.)</summary>
public sealed class Silu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Silu();
}

/// <summary>x times the hard sigmoid, elementwise: x·min(max(x + 3, 0), 6)/6. (Howard et al. 2019.)</summary>
public sealed class HardSwish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.HardSwish();
}

/// <summary>x tanh(ln(1 + eˣ)), elementwise. (Misra 2019.)</summary>
public sealed class Mish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Mish();
}

/// <summary>GELU: x Φ(x), elementwise, Φ being the distribution function of the normal distribution. (Hendrycks, Gimpel 2016.)</summary>
/// <param name="approximate">Whether to use ½x(1 + tanh(√(2/π)(x + 0.044715x³))) instead of Φ(x) = ½(1 + erf(x/√2)).</param>
public sealed class Gelu(bool approximate = false) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"approximate: {(approximate ? "true" : "false")}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => approximate ? x.GeluTanh() : x.Gelu();
}

/// <summary>The gated linear unit a σ(b), where a and b are the two halves of one dimension, which must be of even size. (Dauphin et al. 2017.)</summary>
/// <param name="dim">The dimension that is halved; negative numbers count from the last.</param>
public sealed class Glu(int dim = -1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"dim: {dim}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Glu(dim);
}
