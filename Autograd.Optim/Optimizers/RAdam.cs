namespace Autograd.Optim;

/// <summary>RAdam: Adam whose adaptive step waits until its variance can be trusted (Liu et al. 2020). With ρ∞ = 2/(1 − β₂) − 1 and ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ):
/// θ ← θ − α m̂ rₜ √(1 − β₂ᵗ)/(√v + ε) where ρₜ > 5, r² = (ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ); else θ ← θ − α m̂.</summary>
public sealed class RAdam : Optimizer<Moments>
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly bool decoupled;

    /// <summary>RAdam on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="beta1">β₁, the memory of the gradient's mean; 0 to below 1.</param>
    /// <param name="beta2">β₂, the memory of the gradient's square; 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <param name="decoupledWeightDecay">Decay apart from the gradient, θ ← θ(1 − αλ), as <see cref="AdamW"/> does.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RAdam(
        IEnumerable<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool decoupledWeightDecay = false)
        : base(parameters, learningRate, weightDecay)
    {
        this.beta1 = RequiresMemory(beta1);
        this.beta2 = RequiresMemory(beta2);
        this.epsilon = RequiresRate(epsilon);
        decoupled = decoupledWeightDecay;
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Moments State) Update(Tensor parameter, Tensor gradient, Moments? state, UpdateStep step)
    {
        var g = decoupled ? gradient : step.WithPenalty(gradient, parameter);
        var start = decoupled ? step.Decayed(parameter) : parameter;
        var next = (state ?? Moments.ZerosLike(parameter)).Next(g, beta1, beta2);
        var forgotten = Math.Pow(beta2, step.Number);
        var rate = -step.LearningRate / (1 - Math.Pow(beta1, step.Number));
        var limit = (2 / (1 - beta2)) - 1;
        var rho = limit - (2 * step.Number * forgotten / (1 - forgotten));
        if (rho <= 5)
        {
            return (start.Add(next.Mean, rate), next);
        }

        var trust = Math.Sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
        return (start.Add(next.Mean / (next.Square.Sqrt() + epsilon), rate * (trust * Math.Sqrt(1 - forgotten))), next);
    }
}
