namespace Autograd.Optim;

/// <summary>Nonlinear conjugate gradients (Fletcher, Reeves 1964; Polak, Ribière 1969): d ← −g + βd, β = max(0, g·(g − g')/(g'·g')), with a search along each direction. It remembers two vectors only.</summary>
public sealed class ConjugateGradients : LineSearchOptimizer
{
    private double formerSlope;

    /// <summary>Conjugate gradients on the given parameters.</summary>
    /// <param name="parameters">At least one, each once; of one element type.</param>
    /// <param name="learningRate">The step that the first search tries first; 0 or more.</param>
    /// <param name="maxIterations">Iterations in each call of <c>Step</c>; 1 or more.</param>
    /// <param name="maxEvaluations">Evaluations of the loss from which a call ends; left out, 5/2 of the iterations.</param>
    /// <param name="toleranceGradient">A call ends where no element of the gradient is larger.</param>
    /// <param name="toleranceChange">A call ends where a step changes no parameter, or the loss, by more.</param>
    /// <exception cref="ArgumentException">There are no parameters, one is listed twice, or they are of two element types.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ConjugateGradients(IEnumerable<Parameter> parameters, double learningRate = 1, int maxIterations = 20, int? maxEvaluations = null, double toleranceGradient = 1e-7, double toleranceChange = 1e-9)
        : base(parameters, learningRate, maxIterations, maxEvaluations ?? (maxIterations * 5 / 2), toleranceGradient, toleranceChange, searches: true, curvature: 0.1)
    {
    }

    private protected override Tensor Direction(Tensor gradient, Tensor gradientChange, Tensor change, Tensor former)
    {
        var before = gradient - gradientChange;
        var beta = Math.Max(0, Dot(gradient, gradientChange) / Dot(before, before));
        var d = (-gradient).Add(former, beta);
        return Dot(gradient, d) < 0 ? d : -gradient;
    }

    /// <summary>The first order change is expected to be that of the last step (Nocedal, Wright 2006, section 3.5).</summary>
    private protected override double Trial(double slope)
    {
        var trial = Iterations == 1 ? base.Trial(slope) : StepLength * formerSlope / slope;
        formerSlope = slope;
        return trial;
    }

    private protected override void Save(Action<string, Tensor> keep)
    {
        base.Save(keep);
        keep("former_slope", Number(formerSlope));
    }

    private protected override void Load(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        base.Load(state, prefix);
        formerSlope = Find(state, prefix + "former_slope").Item();
    }
}
