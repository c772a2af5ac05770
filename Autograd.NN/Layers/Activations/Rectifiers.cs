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

/// <summary>ln(1 + eˣ), elementwise: a smooth rectifier, whose derivative is the sigmoid. (Dugas et al. 2001.)</summary>
public sealed class Softplus : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softplus();
}
