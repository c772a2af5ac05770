namespace Autograd.Optim;

/// <summary>Stochastic gradient descent (Robbins, Monro 1951), with momentum (Polyak 1964) or Nesterov's accelerated gradient (Nesterov 1983; Sutskever et al. 2013):
/// g ← g + λθ; v ← μv + (1 − τ)g, at the first step v ← g; θ ← θ − αv, or θ − α(g + μv) after Nesterov. Without momentum θ ← θ − αg.</summary>
/// <remarks>With v₁ = g, as here, a dampening τ = μ gives the averaging form v ← μv + (1 − μ)g from the second step on; <c>averaging</c> gives it from v₀ = 0.
/// Nesterov's gradient is that of the point ahead, θ + αv in the lectures' signs; here θ stands for that point, which makes the gradient at hand the right one.</remarks>
public sealed class Sgd : Optimizer<Running>
{
    private readonly double dampening;
    private readonly bool nesterov;
    private readonly bool averaging;
    private readonly bool decoupled;
    private double momentum;

    /// <summary>Stochastic gradient descent on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α; 0 or more.</param>
    /// <param name="momentum">μ; 0 or more, 0 for none.</param>
    /// <param name="dampening">τ; 0 for the accelerating form.</param>
    /// <param name="weightDecay">λ, the factor of the penalty ½λ‖θ‖²; 0 or more.</param>
    /// <param name="nesterov">Whether the gradient is taken to be that of the look-ahead point; needs momentum and no dampening.</param>
    /// <param name="averaging">v ← μv + (1 − μ)g from v₀ = 0: the velocity is a running mean of gradients.</param>
    /// <param name="decoupledWeightDecay">Decay apart from the velocity: θ ← θ − α(v + λθ) (Loshchilov, Hutter 2019).</param>
    /// <exception cref="ArgumentException">There are no parameters, one is listed twice, or Nesterov's form lacks momentum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public Sgd(
        IEnumerable<Parameter> parameters, double learningRate = 1e-3, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false, bool averaging = false, bool decoupledWeightDecay = false)
        : base(parameters, learningRate, weightDecay)
    {
        this.momentum = RequiresRate(momentum);
        this.dampening = Requires(dampening, double.IsFinite(dampening), "finite");
        (this.nesterov, this.averaging, decoupled) = (nesterov, averaging, decoupledWeightDecay);
        if (nesterov && (momentum == 0 || dampening != 0 || averaging))
        {
            throw new ArgumentException("Sgd: Nesterov's form needs a momentum above 0, a dampening of 0, and no averaging.", nameof(nesterov));
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
    protected override (Tensor Parameter, Running State) Update(Tensor parameter, Tensor gradient, Running? state, UpdateStep step)
    {
        var g = decoupled ? gradient : step.WithPenalty(gradient, parameter);
        var start = decoupled ? step.Decayed(parameter) : parameter;
        if (momentum == 0)
        {
            return (start.Add(g, -step.LearningRate), new(null));
        }

        var before = state?.Value;
        var share = averaging ? 1 - momentum : before is null ? 1 : 1 - dampening;
        var v = share == 1 ? g : g * share;
        v = before is null ? v : v.Add(before, momentum);
        return (start.Add(nesterov ? g.Add(v, momentum) : v, -step.LearningRate), new(v));
    }
}
