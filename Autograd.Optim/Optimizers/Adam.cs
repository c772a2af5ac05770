namespace Autograd.Optim;

/// <summary>Adam: steps of a size that adapts to each parameter's own gradients (Kingma, Ba 2015).
/// g ← g + λθ; m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ); θ ← θ − α m̂/(√v̂ + ε).</summary>
public sealed class Adam : Optimizer<Adam.Moments>
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly double weightDecay;

    /// <summary>Adam on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="beta1">β₁, the memory of the gradient's mean; 0 to below 1.</param>
    /// <param name="beta2">β₂, the memory of the gradient's square; 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Adam(IEnumerable<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(parameters, learningRate)
    {
        this.beta1 = Requires(beta1, beta1 is >= 0 and < 1, "0 to below 1");
        this.beta2 = Requires(beta2, beta2 is >= 0 and < 1, "0 to below 1");
        this.epsilon = Requires(epsilon, epsilon >= 0 && double.IsFinite(epsilon), "0 or more");
        this.weightDecay = Requires(weightDecay, weightDecay >= 0 && double.IsFinite(weightDecay), "0 or more");
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Moments State) Update(Tensor parameter, Tensor gradient, Moments? state)
    {
        var (taken, mean, square) = state ?? new(0, Tensor.ZerosLike(parameter), Tensor.ZerosLike(parameter));
        var g = weightDecay == 0 ? gradient : gradient.Add(parameter, weightDecay);
        var t = taken + 1;
        var m = (mean * beta1).Add(g, 1 - beta1);
        var v = (square * beta2).Add(g.Square(), 1 - beta2);

        // θ − α m̂ / (√v̂ + ε) with the corrections of m̂ and v̂ moved into α and ε, as the end of the paper's section 2 has it: equal, and three passes less.
        var correction = Math.Sqrt(1 - Math.Pow(beta2, t));
        var step = m / (v.Sqrt() + (epsilon * correction));
        return (parameter.Add(step, -LearningRate * correction / (1 - Math.Pow(beta1, t))), new(t, m, v));
    }

    /// <summary>The running moments of a parameter's gradient.</summary>
    /// <param name="Step">t, the number of steps taken.</param>
    /// <param name="Mean">m, of the parameter's shape.</param>
    /// <param name="Square">v, of the parameter's shape.</param>
    public sealed record Moments(int Step, Tensor Mean, Tensor Square) : OptimizerState
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Tensor> Tensors => [Mean, Square];
    }
}
