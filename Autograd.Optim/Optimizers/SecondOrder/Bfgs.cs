namespace Autograd.Optim;

/// <summary>BFGS: Newton's direction −Hg, with the inverse Hessian H built from steps s and changes y of the gradient (Broyden, Fletcher, Goldfarb, Shanno 1970): with ρ = 1/(y·s),
/// H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, from H = I s·y/(y·y). H has n² elements for n numbers: beyond some thousands use <see cref="Lbfgs"/>.</summary>
public sealed class Bfgs : LineSearchOptimizer
{
    private Tensor? inverse;

    /// <summary>BFGS on the given parameters.</summary>
    /// <param name="parameters">At least one, each once; of one element type.</param>
    /// <param name="learningRate">The step that a search tries first; 0 or more.</param>
    /// <param name="maxIterations">Iterations in each call of <c>Step</c>; 1 or more.</param>
    /// <param name="maxEvaluations">Evaluations of the loss from which a call ends; left out, 5/4 of the iterations.</param>
    /// <param name="toleranceGradient">A call ends where no element of the gradient is larger.</param>
    /// <param name="toleranceChange">A call ends where a step changes no parameter, or the loss, by more.</param>
    /// <exception cref="ArgumentException">There are no parameters, one is listed twice, or they are of two element types.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Bfgs(IEnumerable<Parameter> parameters, double learningRate = 1, int maxIterations = 20, int? maxEvaluations = null, double toleranceGradient = 1e-7, double toleranceChange = 1e-9)
        : base(parameters, learningRate, maxIterations, maxEvaluations, toleranceGradient, toleranceChange, searches: true, curvature: 0.9)
    {
    }

    private protected override Tensor Direction(Tensor gradient, Tensor gradientChange, Tensor change, Tensor former)
    {
        var (y, s) = (gradientChange, change);
        var ys = Dot(y, s);
        if (ys > 1e-10)
        {
            var h = inverse ?? (Tensor.Eye(y.ElementCount, dtype: y.DType) * (ys / Dot(y, y)));
            var hy = h.MatMul(y);
            var cross = hy.Unsqueeze(1) * s;
            inverse = (h + (s.Unsqueeze(1) * s * ((1 + (Dot(y, hy) / ys)) / ys)) - ((cross + cross.Transpose(0, 1)) / ys)).Evaluate();
        }

        return inverse is null ? -gradient : -inverse.MatMul(gradient);
    }

    private protected override void Save(Action<string, Tensor> keep)
    {
        base.Save(keep);
        if (inverse is not null)
        {
            keep("inverse", inverse);
        }
    }

    private protected override void Load(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        base.Load(state, prefix);
        inverse = state.GetValueOrDefault(prefix + "inverse");
    }
}
