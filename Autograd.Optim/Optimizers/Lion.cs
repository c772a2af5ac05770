namespace Autograd.Optim;

/// <summary>Lion: the sign of a momentum that was found by a search over programs (Chen et al. 2023). θ ← θ(1 − αλ) − α sign(β₁m + (1 − β₁)g); m ← β₂m + (1 − β₂)g.
/// All elements move by α, so that α is some 3 to 10 times less than Adam's, and λ as much more.</summary>
public sealed class Lion : Optimizer<Running>
{
    private readonly double beta2;
    private double beta1;

    /// <summary>Lion on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="beta1">β₁, the share of the momentum in the direction; 0 to below 1.</param>
    /// <param name="beta2">β₂, the memory of the momentum; 0 to below 1.</param>
    /// <param name="weightDecay">λ; 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Lion(IEnumerable<Parameter> parameters, double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        this.beta1 = RequiresMemory(beta1);
        this.beta2 = RequiresMemory(beta2);
    }

    /// <summary>β₁.</summary>
    public override double? Momentum
    {
        get => beta1;
        set => beta1 = RequiresMemory(value ?? 0, "Momentum");
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Running State) Update(Tensor parameter, Tensor gradient, Running? state, UpdateStep step)
    {
        var m = state?.Value ?? Tensor.ZerosLike(parameter);
        var direction = (m * beta1).Add(gradient, 1 - beta1).Sign();
        return (step.Decayed(parameter).Add(direction, -step.LearningRate), new((m * beta2).Add(gradient, 1 - beta2)));
    }
}
