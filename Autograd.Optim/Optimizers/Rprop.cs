namespace Autograd.Optim;

/// <summary>RProp: only the sign of the gradient counts (Riedmiller, Braun 1993, as iRprop− of Igel, Hüsken 2000). Each element has a step of its own, that grows by η⁺ while the sign stays and shrinks by η⁻ when it flips;
/// an element whose sign has flipped rests for one step. θ ← θ − sign(g)·step. For whole batches: the signs of mini-batches' gradients flip at random.</summary>
public sealed class Rprop : Optimizer<Rprop.Steps>
{
    private readonly double etaMinus;
    private readonly double etaPlus;
    private readonly double minStep;
    private readonly double maxStep;

    /// <summary>RProp on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">The first step of every element; 0 or more. Later changes of it have no effect.</param>
    /// <param name="etaMinus">η⁻, the factor after a change of sign; above 0, below 1.</param>
    /// <param name="etaPlus">η⁺, the factor while the sign stays; above 1.</param>
    /// <param name="minStep">The least step; 0 or more.</param>
    /// <param name="maxStep">The greatest step, at least the least.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Rprop(IEnumerable<Parameter> parameters, double learningRate = 1e-2, double etaMinus = 0.5, double etaPlus = 1.2, double minStep = 1e-6, double maxStep = 50)
        : base(parameters, learningRate)
    {
        this.etaMinus = Requires(etaMinus, etaMinus is > 0 and < 1, "above 0 and below 1");
        this.etaPlus = Requires(etaPlus, etaPlus > 1 && double.IsFinite(etaPlus), "above 1");
        this.minStep = RequiresRate(minStep);
        this.maxStep = Requires(maxStep, maxStep >= minStep && double.IsFinite(maxStep), "at least minStep");
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Steps State) Update(Tensor parameter, Tensor gradient, Steps? state, UpdateStep step)
    {
        var (former, size) = state ?? new(Tensor.ZerosLike(parameter), step.LearningRate.FillLike(parameter));
        var agreement = gradient * former;
        var next = Tensor.Where(agreement > 0, size * etaPlus, Tensor.Where(agreement < 0, size * etaMinus, size)).Clamp(minStep, maxStep);
        var g = Tensor.Where(agreement < 0, 0, gradient);
        return (parameter - (g.Sign() * next), new(g, next));
    }

    /// <summary>What the next step needs.</summary>
    /// <param name="Gradient">The gradient, 0 where its sign has just flipped; of the parameter's shape.</param>
    /// <param name="Size">The step of each element.</param>
    public sealed record Steps(Tensor Gradient, Tensor Size) : IOptimizerState<Steps>
    {
        /// <inheritdoc/>
        public IReadOnlyList<Tensor> Tensors => [Gradient, Size];

        /// <inheritdoc/>
        public static Steps FromTensors(IReadOnlyList<Tensor> tensors) => new(tensors[0], tensors[1]);
    }
}
