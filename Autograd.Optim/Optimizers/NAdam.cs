namespace Autograd.Optim;

/// <summary>NAdam: Adam with Nesterov's momentum (Dozat 2016). With μₜ = β₁(1 − ½·0.96^{tψ}) and m, v as in <see cref="Adam"/>:
/// θ ← θ − α [(1 − μₜ)/(1 − ∏μ) g + μₜ₊₁/(1 − μₜ₊₁∏μ) m] / (√v̂ + ε), the products to t.</summary>
public sealed class NAdam : Optimizer<Moments>
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly double momentumDecay;
    private readonly bool decoupled;
    private readonly List<double> products = [1];

    /// <summary>NAdam on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="beta1">β₁, the memory of the gradient's mean; 0 to below 1.</param>
    /// <param name="beta2">β₂, the memory of the gradient's square; 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <param name="momentumDecay">ψ, how fast the momentum warms up; 0 or more.</param>
    /// <param name="decoupledWeightDecay">Decay apart from the gradient, θ ← θ(1 − αλ), as <see cref="AdamW"/> does.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public NAdam(
        IEnumerable<Parameter> parameters, double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3, bool decoupledWeightDecay = false)
        : base(parameters, learningRate, weightDecay)
    {
        this.beta1 = RequiresMemory(beta1);
        this.beta2 = RequiresMemory(beta2);
        this.epsilon = RequiresRate(epsilon);
        this.momentumDecay = RequiresRate(momentumDecay);
        decoupled = decoupledWeightDecay;
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Moments State) Update(Tensor parameter, Tensor gradient, Moments? state, UpdateStep step)
    {
        var g = decoupled ? gradient : step.WithPenalty(gradient, parameter);
        var start = decoupled ? step.Decayed(parameter) : parameter;
        var next = (state ?? Moments.ZerosLike(parameter)).Next(g, beta1, beta2);
        var t = step.Number;
        var direction = (g * ((1 - Warming(t)) / (1 - ProductTo(t)))).Add(next.Mean, Warming(t + 1) / (1 - ProductTo(t + 1)));
        var root = (next.Square / (1 - Math.Pow(beta2, t))).Sqrt() + epsilon;
        return (start.Add(direction / root, -step.LearningRate), next);
    }

    /// <summary>μₜ.</summary>
    private double Warming(int t) => beta1 * (1 - (0.5 * Math.Pow(0.96, t * momentumDecay)));

    /// <summary>μ₁ … μₜ.</summary>
    private double ProductTo(int t)
    {
        while (products.Count <= t)
        {
            products.Add(products[^1] * Warming(products.Count));
        }

        return products[t];
    }
}
