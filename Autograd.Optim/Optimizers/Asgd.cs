namespace Autograd.Optim;

/// <summary>Averaged stochastic gradient descent (Polyak, Juditsky 1992): descent with a fading rate ηₜ = α/(1 + λ'α(t − 1))^κ, θ ← θ(1 − λ'ηₜ) − ηₜg, and beside it the mean of all θ after t₀ steps (<see cref="Average"/>).</summary>
public sealed class Asgd : Optimizer<Running>
{
    private readonly double decayTerm;
    private readonly double power;
    private readonly double start;

    /// <summary>Averaged descent on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="lambd">λ', the decay of rate and parameters; 0 or more.</param>
    /// <param name="alpha">κ, the power of the rate's decay.</param>
    /// <param name="t0">t₀, the steps before averaging begins.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Asgd(IEnumerable<Parameter> parameters, double learningRate = 1e-2, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        decayTerm = RequiresRate(lambd);
        power = Requires(alpha, double.IsFinite(alpha), "finite");
        start = RequiresRate(t0);
    }

    /// <summary>The mean of a parameter's values, which often serves better than the last one.</summary>
    /// <param name="parameter">One of <see cref="Optimizer.Parameters"/>.</param>
    /// <returns>The mean; null before the first step.</returns>
    public Tensor? Average(Parameter parameter) => StateOf(parameter)?.Value is { } mean ? Evaluation.Strided.Copy(mean) : null;

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Running State) Update(Tensor parameter, Tensor gradient, Running? state, UpdateStep step)
    {
        var g = step.WithPenalty(gradient, parameter);
        var eta = step.LearningRate * (1 + (step.LearningRate * (decayTerm * (step.Number - 1)))).Pow(-power);
        var next = (parameter * (1 - (eta * decayTerm))).Add(g, -eta);
        var share = 1 / Math.Max(1, step.Number - 1 - start);
        return (next, new(share == 1 || state?.Value is null ? next * 1 : state.Value.Lerp(next, share)));
    }
}
