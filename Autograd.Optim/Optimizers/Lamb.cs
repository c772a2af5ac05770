namespace Autograd.Optim;

/// <summary>LAMB: Adam's direction, with a length in proportion to the parameter's own, for very large batches (You et al. 2020).
/// u = m̂/(√v̂ + ε) + λθ; θ ← θ − α ‖θ‖/‖u‖ u; the ratio is 1 where a norm is 0.</summary>
public sealed class Lamb : Optimizer<Moments>
{
    private readonly double beta2;
    private readonly double epsilon;
    private double beta1;

    /// <summary>LAMB on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="beta1">β₁, the memory of the gradient's mean; 0 to below 1.</param>
    /// <param name="beta2">β₂, the memory of the gradient's square; 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <param name="weightDecay">λ; 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Lamb(IEnumerable<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0)
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
        var next = (state ?? Moments.ZerosLike(parameter)).Next(gradient, beta1, beta2);
        var m = next.Mean / (1 - Math.Pow(beta1, step.Number));
        var v = next.Square / (1 - Math.Pow(beta2, step.Number));
        var u = step.WithPenalty(m / (v.Sqrt() + epsilon), parameter);
        var (length, wanted) = (u.Norm(), parameter.Norm());
        var ratio = Tensor.Where(length.Eq(0) | wanted.Eq(0), 1, wanted / Tensor.Where(length.Eq(0), 1, length));
        return (parameter.Add(u * ratio, -step.LearningRate), next);
    }
}
