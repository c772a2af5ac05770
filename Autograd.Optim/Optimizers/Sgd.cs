namespace Autograd.Optim;

/// <summary>Stochastic gradient descent, with momentum (Polyak 1964) or Nesterov's accelerated gradient (Nesterov 1983; Sutskever et al. 2013):
/// g ← g + λθ; v ← μv + (1 − τ)g, at the first step v ← g; θ ← θ − α v, or θ − α (g + μv) after Nesterov. Without momentum θ ← θ − α g.</summary>
public sealed class Sgd : Optimizer<Sgd.Velocity>
{
    private readonly double momentum;
    private readonly double dampening;
    private readonly double weightDecay;
    private readonly bool nesterov;

    /// <summary>Stochastic gradient descent on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="momentum">μ; 0 or more, 0 for none.</param>
    /// <param name="dampening">τ; 0 for the accelerating form, μ for an average of gradients.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <param name="nesterov">Whether the gradient is taken to be that of the look-ahead point; needs momentum and no dampening.</param>
    /// <exception cref="ArgumentException">There are no parameters, one is listed twice, or Nesterov's form lacks momentum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public Sgd(IEnumerable<Parameter> parameters, double learningRate = 1e-3, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        : base(parameters, learningRate)
    {
        this.momentum = Requires(momentum, momentum >= 0 && double.IsFinite(momentum), "0 or more");
        this.dampening = Requires(dampening, double.IsFinite(dampening), "finite");
        this.weightDecay = Requires(weightDecay, weightDecay >= 0 && double.IsFinite(weightDecay), "0 or more");
        this.nesterov = nesterov;
        if (nesterov && (momentum == 0 || dampening != 0))
        {
            throw new ArgumentException("Sgd: Nesterov's form needs a momentum above 0 and a dampening of 0.", nameof(nesterov));
        }
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Velocity State) Update(Tensor parameter, Tensor gradient, Velocity? state)
    {
        var g = weightDecay == 0 ? gradient : gradient.Add(parameter, weightDecay);
        if (momentum == 0)
        {
            return (parameter.Add(g, -LearningRate), Velocity.None);
        }

        var v = state is null ? g : (state.Value * momentum).Add(g, 1 - dampening);
        var direction = nesterov ? g.Add(v, momentum) : v;
        return (parameter.Add(direction, -LearningRate), new(v));
    }

    /// <summary>The velocity v of a parameter.</summary>
    /// <param name="Value">v, of the parameter's shape.</param>
    public sealed record Velocity(Tensor Value) : OptimizerState
    {
        /// <inheritdoc/>
        public override IReadOnlyList<Tensor> Tensors => ReferenceEquals(this, None) ? [] : [Value];

        /// <summary>What descent without momentum remembers.</summary>
        internal static readonly Velocity None = new(Tensor.Zeros([]));
    }
}
