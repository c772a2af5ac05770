namespace Autograd.Optim;

/// <summary>L-BFGS: Newton's direction, with the inverse Hessian approximated from the last few steps s and changes y of the gradient (Nocedal 1980; Liu, Nocedal 1989).
/// The two loops: q ← −g; q ← q − yᵢ sᵢ·q/(yᵢ·sᵢ), newest first; d ← q s·y/(y·y) of the newest; d ← d + sᵢ(αᵢ − yᵢ·d/(yᵢ·sᵢ)), oldest first.</summary>
/// <example><code>
/// var optimizer = new Lbfgs(model.Parameters(), strongWolfe: true);
/// var loss = optimizer.Step(() => Loss.MeanSquaredError(model.Forward(x), target));
/// </code></example>
public sealed class Lbfgs : LineSearchOptimizer
{
    private readonly int historySize;
    private readonly List<(Tensor Y, Tensor S)> history = [];

    /// <summary>L-BFGS on the given parameters.</summary>
    /// <param name="parameters">At least one, each once; of one element type.</param>
    /// <param name="learningRate">The length of a step, or the first that a search tries; 0 or more.</param>
    /// <param name="maxIterations">Iterations in each call of <c>Step</c>; 1 or more.</param>
    /// <param name="maxEvaluations">Evaluations of the loss from which a call ends; left out, 5/4 of the iterations.</param>
    /// <param name="toleranceGradient">A call ends where no element of the gradient is larger.</param>
    /// <param name="toleranceChange">A call ends where a step changes no parameter, or the loss, by more.</param>
    /// <param name="historySize">How many steps are remembered; 1 or more.</param>
    /// <param name="strongWolfe">Search along the direction for a step that meets the strong Wolfe conditions; else every step has the length of the learning rate.</param>
    /// <exception cref="ArgumentException">There are no parameters, one is listed twice, or they are of two element types.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Lbfgs(
        IEnumerable<Parameter> parameters, double learningRate = 1, int maxIterations = 20, int? maxEvaluations = null, double toleranceGradient = 1e-7, double toleranceChange = 1e-9, int historySize = 100, bool strongWolfe = false)
        : base(parameters, learningRate, maxIterations, maxEvaluations, toleranceGradient, toleranceChange, strongWolfe, curvature: 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(historySize, 1);
        this.historySize = historySize;
    }

    private protected override Tensor Direction(Tensor gradient, Tensor gradientChange, Tensor change, Tensor former)
    {
        if (Dot(gradientChange, change) > 1e-10)
        {
            history.Add((gradientChange.Evaluate(), change.Evaluate()));
            history.RemoveRange(0, Math.Max(0, history.Count - historySize));
        }

        var q = -gradient;
        var alpha = new double[history.Count];
        for (var i = history.Count - 1; i >= 0; i--)
        {
            var (y, s) = history[i];
            alpha[i] = Dot(s, q) / Dot(y, s);
            q = q.Add(y, -alpha[i]);
        }

        var d = history is [.., var (newestY, newestS)] ? q * (Dot(newestY, newestS) / Dot(newestY, newestY)) : q;
        for (var i = 0; i < history.Count; i++)
        {
            var (y, s) = history[i];
            d = d.Add(s, alpha[i] - (Dot(y, d) / Dot(y, s)));
        }

        return d;
    }

    private protected override void Save(Action<string, Tensor> keep)
    {
        base.Save(keep);
        for (var i = 0; i < history.Count; i++)
        {
            keep(Name(i, "y"), history[i].Y);
            keep(Name(i, "s"), history[i].S);
        }
    }

    private protected override void Load(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        base.Load(state, prefix);
        history.Clear();
        while (state.TryGetValue(prefix + Name(history.Count, "y"), out var y))
        {
            history.Add((y, Find(state, prefix + Name(history.Count, "s"))));
        }
    }
}
