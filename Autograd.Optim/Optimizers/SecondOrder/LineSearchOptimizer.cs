using Autograd.Optim.SecondOrder;

namespace Autograd.Optim;

/// <summary>Optimizers that choose a direction for all parameters at once and search along it: they need the loss as a function, <see cref="Optimizer.Step(Func{Tensor})"/>.
/// For losses without noise: whole batches, least squares, small models.</summary>
public abstract class LineSearchOptimizer : Optimizer
{
    private readonly int maxIterations;
    private readonly int maxEvaluations;
    private readonly double toleranceGradient;
    private readonly double toleranceChange;
    private readonly bool searches;
    private readonly double curvature;
    private Tensor direction;
    private Tensor formerGradient;
    private double stepLength;

    private protected LineSearchOptimizer(
        IEnumerable<Parameter> parameters, double learningRate, int maxIterations, int? maxEvaluations, double toleranceGradient, double toleranceChange, bool searches, double curvature)
        : base(parameters, learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxIterations, 1);
        this.maxIterations = maxIterations;
        this.maxEvaluations = maxEvaluations ?? (maxIterations * 5 / 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(this.maxEvaluations, 1, nameof(maxEvaluations));
        this.toleranceGradient = RequiresRate(toleranceGradient);
        this.toleranceChange = RequiresRate(toleranceChange);
        (this.searches, this.curvature) = (searches, curvature);
        if (Parameters.Any(parameter => parameter.DType != Parameters[0].DType))
        {
            throw new ArgumentException($"{GetType().Name}: all parameters must have one element type; they are {string.Join(", ", Parameters.Select(parameter => parameter.DType).Distinct())}.", nameof(parameters));
        }

        direction = formerGradient = Tensor.Zeros([Parameters.Sum(parameter => parameter.ElementCount)], Parameters[0].DType);
    }

    /// <summary>The iterations so far: directions that were searched.</summary>
    public int Iterations { get; private set; }

    /// <summary>The evaluations of the loss so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Several iterations, up to the limit of the constructor, or until gradient or change are below their tolerances.</summary>
    /// <param name="loss">Computes the loss from the parameters' values; it is called for every point that is tried.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="GradientException">No parameter has a gradient.</exception>
    public override Tensor Step(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var (begin, here) = (Evaluations, Evaluate(loss));
        var first = here.Loss;
        for (var iteration = 1; iteration <= maxIterations && !IsFlat(here); iteration++)
        {
            using var unrecorded = Grad.Disabled();
            var g = here.Gradient;
            direction = Iterations == 0 ? Start(g) : Direction(g, g - formerGradient, direction * stepLength, direction).Evaluate();
            formerGradient = g;
            Iterations++;
            var slope = Dot(g, direction);
            if (slope > -toleranceChange)
            {
                break;
            }

            here = here with { Step = 0, Slope = slope };
            var next = Advance(loss, here, Trial(slope), isLast: iteration == maxIterations);
            var isSmall = direction.Abs().Amax().Item() * stepLength <= toleranceChange || Math.Abs(next.Loss - here.Loss) < toleranceChange;
            here = next;
            if (Evaluations - begin >= maxEvaluations || isSmall)
            {
                break;
            }
        }

        return Tensor.From(first, Parameters[0].DType);
    }

    private protected sealed override bool TryStep()
        => throw new InvalidOperationException($"{GetType().Name} searches along a line and needs the loss as a function: optimizer.Step(() => Loss.MeanSquaredError(model.Forward(x), y)).");

    /// <summary>The first direction: straight down.</summary>
    private protected virtual Tensor Start(Tensor gradient) => (-gradient).Evaluate();

    /// <summary>The direction to be searched next.</summary>
    /// <param name="gradient">g, all parameters in one vector.</param>
    /// <param name="gradientChange">y: its change by the last step.</param>
    /// <param name="change">s: the last step.</param>
    /// <param name="former">The direction of the last step.</param>
    private protected abstract Tensor Direction(Tensor gradient, Tensor gradientChange, Tensor change, Tensor former);

    /// <summary>The step to be tried first.</summary>
    private protected virtual double Trial(double slope)
        => Iterations == 1 ? Math.Min(1, 1 / formerGradient.Abs().Sum().Item()) * LearningRate : LearningRate;

    private protected static double Dot(Tensor a, Tensor b) => (a * b).Sum().Item();

    /// <summary>The length of the last step, in units of the direction.</summary>
    private protected double StepLength => stepLength;

    private protected override void Save(Action<string, Tensor> keep)
    {
        base.Save(keep);
        keep("counts", Tensor.From([Iterations, Evaluations]));
        keep("step_length", Number(stepLength));
        keep("direction", direction);
        keep("former_gradient", formerGradient);
    }

    private protected override void Load(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        base.Load(state, prefix);
        var counts = Find(state, prefix + "counts").ToArray<long>();
        (Iterations, Evaluations) = ((int)counts[0], (int)counts[1]);
        stepLength = Find(state, prefix + "step_length").Item();
        direction = Find(state, prefix + "direction");
        formerGradient = Find(state, prefix + "former_gradient");
    }

    private LinePoint Advance(Func<Tensor> loss, LinePoint here, double trial, bool isLast)
    {
        var start = Flatten(Parameters);
        if (searches)
        {
            var search = new StrongWolfe(
                t =>
                {
                    Assign(start.Add(direction, t));
                    var point = Evaluate(loss);
                    return point with { Step = t, Slope = Dot(point.Gradient, direction) };
                },
                1e-4,
                curvature,
                toleranceChange,
                direction.Abs().Amax().Item());
            var found = search.Search(here, trial);
            stepLength = found.Step;
            Assign(start.Add(direction, stepLength));
            return found;
        }

        stepLength = trial;
        Assign(start.Add(direction, stepLength));

        // After the last step nobody asks for the loss; the next call begins with it.
        return isLast ? here : Evaluate(loss);
    }

    private LinePoint Evaluate(Func<Tensor> loss)
    {
        using var recorded = Grad.Enabled();
        ZeroGrad();
        var value = loss();
        value.Backward();
        Evaluations++;
        if (Parameters.All(parameter => parameter.Grad is null))
        {
            throw new GradientException($"{GetType().Name}.Step: no parameter has a gradient. The function must compute the loss from the model's parameters each time it is called.");
        }

        using var unrecorded = Grad.Disabled();
        var gradient = Flatten(Parameters.Select(parameter => parameter.Grad ?? Tensor.ZerosLike(parameter)));
        var sign = Maximize ? -1 : 1;
        return new(0, sign * value.Item(), (gradient * sign).Evaluate(), 0);
    }

    private bool IsFlat(LinePoint point) => point.Gradient.Abs().Amax().Item() <= toleranceGradient;

    private static Tensor Flatten(IEnumerable<Tensor> tensors) => Tensor.Concatenate([.. tensors.Select(tensor => tensor.Flatten())]);

    private void Assign(Tensor flat)
    {
        var place = 0;
        foreach (var parameter in Parameters)
        {
            parameter.Assign(flat[place..(place + parameter.ElementCount)].Reshape(parameter.Shape));
            place += parameter.ElementCount;
        }
    }
}
