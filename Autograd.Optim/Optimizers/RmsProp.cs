namespace Autograd.Optim;

/// <summary>RMSProp: the gradient in units of its running root mean square (Hinton 2012; centred: Graves 2013). r ← ρr + (1 − ρ)g²; u = g/(√r + ε), centred g/(√(r − ḡ²) + ε); θ ← θ − αu.
/// With momentum b ← μb + u; θ ← θ − αb, or θ − α(u + μb) after Nesterov.</summary>
public sealed class RmsProp : Optimizer<RmsProp.Averages>
{
    private readonly double rho;
    private readonly double epsilon;
    private readonly bool centered;
    private readonly bool nesterov;
    private double momentum;

    /// <summary>RMSProp on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="alpha">ρ, the memory of the squares; 0 to below 1.</param>
    /// <param name="epsilon">ε, which keeps the quotient finite; 0 or more.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <param name="momentum">μ; 0 or more, 0 for none.</param>
    /// <param name="centered">Divide by the running standard deviation.</param>
    /// <param name="nesterov">Whether the gradient is taken to be that of the look-ahead point; needs momentum.</param>
    /// <exception cref="ArgumentException">There are no parameters, one is listed twice, or Nesterov's form lacks momentum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RmsProp(
        IEnumerable<Parameter> parameters, double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false, bool nesterov = false)
        : base(parameters, learningRate, weightDecay)
    {
        rho = RequiresMemory(alpha);
        this.epsilon = RequiresRate(epsilon);
        this.momentum = RequiresRate(momentum);
        (this.centered, this.nesterov) = (centered, nesterov);
        if (nesterov && momentum == 0)
        {
            throw new ArgumentException("RmsProp: Nesterov's form needs a momentum above 0.", nameof(nesterov));
        }
    }

    /// <inheritdoc/>
    public override double? Momentum
    {
        get => momentum;
        set => momentum = RequiresRate(value ?? 0, "Momentum");
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Averages State) Update(Tensor parameter, Tensor gradient, Averages? state, UpdateStep step)
    {
        var g = step.WithPenalty(gradient, parameter);
        Tensor Former(Tensor? value) => value ?? Tensor.ZerosLike(parameter);
        var square = (Former(state?.Square) * rho).Add(g.Square(), 1 - rho);
        var mean = centered ? (Former(state?.Second) * rho).Add(g, 1 - rho) : null;
        var u = g / ((mean is null ? square : square - mean.Square()).Sqrt() + epsilon);
        if (momentum == 0)
        {
            return (parameter.Add(u, -step.LearningRate), new(square, mean));
        }

        var velocity = (Former(centered ? state?.Third : state?.Second) * momentum) + u;
        return (parameter.Add(nesterov ? u.Add(velocity, momentum) : velocity, -step.LearningRate), mean is null ? new(square, velocity) : new(square, mean, velocity));
    }

    /// <summary>The running values of a parameter's gradient.</summary>
    /// <param name="Square">r, of the parameter's shape.</param>
    /// <param name="Second">ḡ if centred, else b if there is momentum.</param>
    /// <param name="Third">b if centred and with momentum.</param>
    public sealed record Averages(Tensor Square, Tensor? Second = null, Tensor? Third = null) : IOptimizerState<Averages>
    {
        /// <inheritdoc/>
        public IReadOnlyList<Tensor> Tensors => [.. new[] { Square, Second, Third }.OfType<Tensor>()];

        /// <inheritdoc/>
        public static Averages FromTensors(IReadOnlyList<Tensor> tensors)
            => new(tensors[0], tensors.Count > 1 ? tensors[1] : null, tensors.Count > 2 ? tensors[2] : null);
    }
}
