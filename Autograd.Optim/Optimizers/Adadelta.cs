namespace Autograd.Optim;

/// <summary>Adadelta: steps in the parameter's own units (Zeiler 2012). r ← ρr + (1 − ρ)g²; Δ = √(d + ε)/√(r + ε) · g; d ← ρd + (1 − ρ)Δ²; θ ← θ − αΔ.</summary>
public sealed class Adadelta : Optimizer<Moments>
{
    private readonly double rho;
    private readonly double epsilon;

    /// <summary>Adadelta on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="rho">ρ, the memory of the squares; 0 to below 1.</param>
    /// <param name="epsilon">ε, which starts the first steps; 0 or more.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Adadelta(IEnumerable<Parameter> parameters, double learningRate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        this.rho = RequiresMemory(rho);
        this.epsilon = RequiresRate(epsilon);
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Moments State) Update(Tensor parameter, Tensor gradient, Moments? state, UpdateStep step)
    {
        var g = step.WithPenalty(gradient, parameter);
        var (moved, square, _) = state ?? Moments.ZerosLike(parameter);
        var r = (square * rho).Add(g.Square(), 1 - rho);
        var delta = (moved + epsilon).Sqrt() / (r + epsilon).Sqrt() * g;
        return (parameter.Add(delta, -step.LearningRate), new((moved * rho).Add(delta.Square(), 1 - rho), r));
    }
}
