namespace Autograd.Optim;

/// <summary>Adam: steps of a size that adapts to each parameter's own gradients (Kingma, Ba 2015).
/// g ← g + λθ; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ); θ ← θ − α m̂/(√v̂ + ε).</summary>
public class Adam : Optimizer<Moments>
{
    private readonly double beta2;
    private readonly double epsilon;
    private readonly bool amsgrad;
    private readonly bool epsilonInside;
    private readonly bool decoupled;
    private double beta1;

    /// <summary>Adam on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="beta1">β₁, the memory of the gradient's mean; 0 to below 1.</param>
    /// <param name="beta2">β₂, the memory of the gradient's square; 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <param name="amsgrad">Divide by the largest v̂ so far (Reddi, Kale, Kumar 2018).</param>
    /// <param name="epsilonInside">ε inside the root, as in the lectures: m̂/√(v̂ + ε).</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Adam(
        IEnumerable<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool amsgrad = false, bool epsilonInside = false)
        : this(parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, epsilonInside, decoupled: false)
    {
    }

    private protected Adam(IEnumerable<Parameter> parameters, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool amsgrad, bool epsilonInside, bool decoupled)
        : base(parameters, learningRate, weightDecay)
    {
        this.beta1 = RequiresMemory(beta1);
        this.beta2 = RequiresMemory(beta2);
        this.epsilon = RequiresRate(epsilon);
        (this.amsgrad, this.epsilonInside, this.decoupled) = (amsgrad, epsilonInside, decoupled);
    }

    /// <summary>β₁.</summary>
    public override double? Momentum
    {
        get => beta1;
        set => beta1 = RequiresMemory(value ?? 0, "Momentum");
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Moments State) Update(Tensor parameter, Tensor gradient, Moments? state, UpdateStep step)
    {
        var g = decoupled ? gradient : step.WithPenalty(gradient, parameter);
        var start = decoupled ? step.Decayed(parameter) : parameter;
        var next = (state ?? Moments.ZerosLike(parameter)).Next(g, beta1, beta2);
        var v = next.Square;
        if (amsgrad)
        {
            v = state?.Largest is { } largest ? largest.Maximum(v) : v.Maximum(0);
            next = next with { Largest = v };
        }

        // θ − α m̂ / (√v̂ + ε) with the corrections of m̂ and v̂ moved into α and ε, as the end of the paper's section 2 has it: equal, and three passes less.
        var square = 1 - Math.Pow(beta2, step.Number);
        var root = epsilonInside ? (v + (epsilon * square)).Sqrt() : v.Sqrt() + (epsilon * Math.Sqrt(square));
        return (start.Add(next.Mean / root, -step.LearningRate * (Math.Sqrt(square) / (1 - Math.Pow(beta1, step.Number)))), next);
    }
}
