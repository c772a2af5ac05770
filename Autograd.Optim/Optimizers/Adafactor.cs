namespace Autograd.Optim;

/// <summary>Adafactor: Adam's second moment of a matrix kept as row and column means, in place of all elements (Shazeer, Stern 2018).
/// With 1 − β̂ = t^γ: R ← R + t^γ(mean of g² over columns − R), C likewise over rows, V̂ = RC/mean(R); u = g/√V̂, u ← u/max(1, rms(u)/d); θ ← θ(1 − αλ) − max(ε, rms(θ)) min(α, 1/√t) u. Vectors keep all of V.</summary>
public sealed class Adafactor : Optimizer<Adafactor.Factors>
{
    private readonly double beta2Decay;
    private readonly double epsilon;
    private readonly double clip;

    /// <summary>Adafactor on the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α, the greatest relative step; 0 or more.</param>
    /// <param name="beta2Decay">γ, the power by which the memory grows; 0 or less.</param>
    /// <param name="epsilon">ε, the least scale of a parameter; 0 or more.</param>
    /// <param name="clip">d, the greatest root mean square of a step; above 0.</param>
    /// <param name="weightDecay">λ; 0 or more.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Adafactor(IEnumerable<Parameter> parameters, double learningRate = 1e-2, double beta2Decay = -0.8, double epsilon = 1e-3, double clip = 1, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        this.beta2Decay = Requires(beta2Decay, beta2Decay <= 0 && double.IsFinite(beta2Decay), "0 or less");
        this.epsilon = RequiresRate(epsilon);
        this.clip = Requires(clip, clip > 0, "above 0");
    }

    private protected override bool OwnsState => true;

    /// <inheritdoc/>
    protected override (Tensor Parameter, Factors State) Update(Tensor parameter, Tensor gradient, Factors? state, UpdateStep step)
    {
        var share = Math.Pow(step.Number, beta2Decay);
        var tiny = parameter.DType == DType.Float32 ? MathF.BitIncrement(1) - 1.0 : double.BitIncrement(1) - 1;
        Tensor Mix(Tensor? former, Tensor value) => former is null ? value * share : former.Lerp(value, share);
        var squares = gradient.Square();
        Factors next;
        Tensor v;
        if (parameter.Rank > 1)
        {
            var rows = Mix(state?.Rows, squares.Mean(-1, keepDim: true));
            var columns = Mix(state?.Columns, squares.Mean(-2, keepDim: true));
            v = rows * columns / rows.Mean(-2, keepDim: true).Clamp(min: tiny);
            next = new(rows, columns);
        }
        else
        {
            v = Mix(state?.Rows, squares);
            next = new(v, null);
        }

        var u = gradient * v.Clamp(min: tiny * tiny).Rsqrt();
        var scale = RootMeanSquare(parameter).Maximum(epsilon) / (RootMeanSquare(u) / clip).Maximum(1);
        return (step.Decayed(parameter).Add(u * scale, -step.LearningRate.Min(1 / Math.Sqrt(step.Number))), next);
    }

    private static Tensor RootMeanSquare(Tensor x) => x.Norm() / Math.Sqrt(x.ElementCount);

    /// <summary>The running mean squares of a parameter's gradient.</summary>
    /// <param name="Rows">Of the rows of matrices, [..., m, 1]; of each element of a vector.</param>
    /// <param name="Columns">Of the columns of matrices, [..., 1, n].</param>
    public sealed record Factors(Tensor Rows, Tensor? Columns) : IOptimizerState<Factors>
    {
        /// <inheritdoc/>
        public IReadOnlyList<Tensor> Tensors => Columns is null ? [Rows] : [Rows, Columns];

        /// <inheritdoc/>
        public static Factors FromTensors(IReadOnlyList<Tensor> tensors) => new(tensors[0], tensors.Count > 1 ? tensors[1] : null);
    }
}
