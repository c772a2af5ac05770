namespace Autograd.Optim;

/// <summary>Adamax: Adam with the largest of past gradients in place of their mean square (Kingma, Ba 2015, section 7.1).
/// m ← β₁m + (1 − β₁)g; u ← max(β₂u, |g| + ε); θ ← θ − α/(1 − β₁ᵗ) · m/u.</summary>
public sealed class Adamax : Optimizer<Moments>
{
    private readonly double beta2;
    private readonly double epsilon;
    private double beta1;

    /// <summary>Adamax on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="beta1">β₁, the memory of the gradient's mean; 0 to below 1.</param>
    /// <param name="beta2">β₂, by which the largest gradient fades; 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Adamax(IEnumerable<Parameter> parameters, double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        this.beta1 = RequiresMemory(beta1);
        this.beta2 = RequiresMemory(beta2);
        this.epsilon = RequiresRate(epsilon);
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
        var g = step.WithPenalty(gradient, parameter);
        var (mean, largest, _) = state ?? Moments.ZerosLike(parameter);
        var m = (mean * beta1).Add(g, 1 - beta1);
        var u = (largest * beta2).Maximum(g.Abs() + epsilon);
        return (parameter.Add(m / u, -step.LearningRate / (1 - Math.Pow(beta1, step.Number))), new(m, u));
    }
}
