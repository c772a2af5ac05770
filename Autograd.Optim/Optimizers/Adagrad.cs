namespace Autograd.Optim;

/// <summary>Adagrad: the more an element has changed, the smaller its steps (Duchi, Hazan, Singer 2011). r ← r + g²; θ ← θ − α/(1 + (t − 1)η) · g/(√r + ε).</summary>
public sealed class Adagrad : Optimizer<Running>
{
    private readonly double learningRateDecay;
    private readonly double initialAccumulator;
    private readonly double epsilon;

    /// <summary>Adagrad on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="learningRateDecay">η; 0 or more.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <param name="initialAccumulatorValue">r before the first step; 0 or more.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Adagrad(
        IEnumerable<Parameter> parameters, double learningRate = 1e-2, double learningRateDecay = 0, double weightDecay = 0, double initialAccumulatorValue = 0, double epsilon = 1e-10)
        : base(parameters, learningRate, weightDecay)
    {
        this.learningRateDecay = RequiresRate(learningRateDecay);
        initialAccumulator = RequiresRate(initialAccumulatorValue);
        this.epsilon = RequiresRate(epsilon);
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Running State) Update(Tensor parameter, Tensor gradient, Running? state, UpdateStep step)
    {
        var g = step.WithPenalty(gradient, parameter);
        var r = (state?.Value ?? Tensor.FullLike(parameter, initialAccumulator)) + g.Square();
        return (parameter.Add(g / (r.Sqrt() + epsilon), -step.LearningRate / (1 + ((step.Number - 1) * learningRateDecay))), new(r));
    }
}
