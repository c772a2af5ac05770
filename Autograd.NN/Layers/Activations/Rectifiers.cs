namespace Autograd.NN;

/// <summary>max(x, 0), elementwise; its derivative at 0 is 0. (Nair, Hinton 2010.)</summary>
public sealed class Relu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Relu();
}

/// <summary>x where x &gt; 0, else slope·x, elementwise. (Maas et al. 2013.)</summary>
/// <param name="slope">The slope below 0.</param>
public sealed class LeakyRelu(double slope = 0.01) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"slope: {slope}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LeakyRelu(slope);
}

/// <summary>min(max(x, 0), 6), elementwise. (Krizhevsky 2010.)</summary>
public sealed class Relu6 : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Relu6();
}

/// <summary>x where x &gt; 0, else α(eˣ − 1), elementwise. (Clevert et al. 2016.)</summary>
/// <param name="alpha">α: minus the limit at −∞.</param>
public sealed class Elu(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"alpha: {alpha}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Elu(alpha);
}

/// <summary>λx where x &gt; 0, else λα(eˣ − 1), elementwise, with λ = 1.0507… and α = 1.6733…, which keep mean 0 and variance 1. (Klambauer et al. 2017.)</summary>
public sealed class Selu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Selu();
}

/// <summary>x where x &gt; 0, else α(e^(x/α) − 1), elementwise. (Barron 2017.)</summary>
/// <param name="alpha">α; not 0.</param>
public sealed class Celu(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"alpha: {alpha}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Celu(alpha);
}

/// <summary>x where |x| &gt; λ, else 0, elementwise. (Donoho, Johnstone 1994.)</summary>
/// <param name="lambda">λ: what counts as small.</param>
public sealed class Hardshrink(double lambda = 0.5) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"lambda: {lambda}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Hardshrink(lambda);
}

/// <summary>x − λ where x &gt; λ, x + λ where x &lt; −λ, else 0, elementwise. (Donoho 1995.)</summary>
/// <param name="lambda">λ: how much nearer to 0 each value comes; 0 or more.</param>
public sealed class Softshrink(double lambda = 0.5) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"lambda: {lambda}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softshrink(lambda);
}

/// <summary>x − tanh x, elementwise.</summary>
public sealed class Tanhshrink : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Tanhshrink();
}

/// <summary>x where x &gt; threshold, else a given value, elementwise.</summary>
/// <param name="threshold">Values up to this are replaced.</param>
/// <param name="value">What they are replaced by.</param>
public sealed class Threshold(double threshold, double value) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"threshold: {threshold}, value: {value}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Threshold(threshold, value);
}

/// <summary>ln(1 + eˣ), elementwise: a smooth rectifier, whose derivative is the sigmoid. (Dugas et al. 2001.)</summary>
public sealed class Softplus : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softplus();
}
