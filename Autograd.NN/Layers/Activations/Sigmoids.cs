namespace Autograd.NN;

/// <summary>σ(x) = 1/(1 + e⁻ˣ), elementwise: 0 to 1. σ' = σ(1 − σ).</summary>
public sealed class Sigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Sigmoid();
}

/// <summary>ln σ(x) = −ln(1 + e⁻ˣ), elementwise, accurate for very negative x.</summary>
public sealed class LogSigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LogSigmoid();
}

/// <summary>(x + 3)/6 limited to 0 … 1, elementwise: a sigmoid of straight lines.</summary>
public sealed class HardSigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.HardSigmoid();
}

/// <summary>tanh x, elementwise: −1 to 1. tanh' = 1 − tanh².</summary>
public sealed class Tanh : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Tanh();
}

/// <summary>x limited to min … max, elementwise; the derivative is 0 at the limits and outside.</summary>
/// <param name="min">The least result.</param>
/// <param name="max">The greatest result.</param>
public sealed class Hardtanh(double min = -1, double max = 1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"min: {min}, max: {max}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Hardtanh(min, max);
}

/// <summary>x/(1 + |x|), elementwise: −1 to 1.</summary>
public sealed class Softsign : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softsign();
}

/// <summary>The threshold neuron: 1 where x &gt; 0, else 0 (also at 0), elementwise. Its derivative is 0 everywhere, so that nothing before it learns. (McCulloch, Pitts 1943.)</summary>
public sealed class Step : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Step();
}

/// <summary>−1 below 0, 0 at 0, 1 above, elementwise. Its derivative is 0 everywhere, so that nothing before it learns.</summary>
public sealed class Sign : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Sign();
}
