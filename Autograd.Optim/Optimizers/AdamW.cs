namespace Autograd.Optim;

/// <summary>Adam with weight decay apart from the gradient, which its adaptive step would otherwise weaken (Loshchilov, Hutter 2019): θ ← θ(1 − αλ), then as <see cref="Adam"/>.</summary>
public sealed class AdamW : Adam
{
    /// <summary>AdamW on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="beta1">β₁, the memory of the gradient's mean; 0 to below 1.</param>
    /// <param name="beta2">β₂, the memory of the gradient's square; 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <param name="weightDecay">λ; 0 or more.</param>
    /// <param name="amsgrad">Divide by the largest v̂ so far (Reddi, Kale, Kumar 2018).</param>
    /// <param name="epsilonInside">ε inside the root: m̂/√(v̂ + ε).</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public AdamW(
        IEnumerable<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2, bool amsgrad = false, bool epsilonInside = false)
        : base(parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, epsilonInside, decoupled: true)
    {
    }
}
