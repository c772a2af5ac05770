using System.Runtime.CompilerServices;

namespace Autograd.Optim;

/// <summary>Replaces the values of parameters by better ones, given their gradients: what all optimizers share.</summary>
/// <remarks>An optimizer has one set of options for all its parameters. Parameters with options of their own, or with another formula, get an optimizer of their own; <see cref="OptimizerGroups"/> joins them.</remarks>
public abstract partial class Optimizer
{
    private readonly HashSet<Parameter> exempt = new(ReferenceEqualityComparer.Instance);
    private double learningRate;
    private double weightDecay;

    private protected Optimizer(IEnumerable<Parameter> parameters, double learningRate, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = [.. parameters];
        this.learningRate = RequiresRate(learningRate);
        this.weightDecay = RequiresRate(weightDecay);
        if (Parameters.Count == 0)
        {
            throw new ArgumentException($"{GetType().Name}: there are no parameters to optimize. Pass model.Parameters(); is every layer a field of the model?", nameof(parameters));
        }

        if (Parameters.Distinct().Count() != Parameters.Count)
        {
            throw new ArgumentException($"{GetType().Name}: a parameter is listed twice and would be changed twice a step.", nameof(parameters));
        }
    }

    /// <summary>The parameters that <see cref="Step()"/> changes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The optimizers with options of their own that this one consists of: itself, or the members of an <see cref="OptimizerGroups"/>.</summary>
    public virtual IReadOnlyList<Optimizer> Groups => [this];

    /// <summary>α, the length of a step; it may be changed between steps. Of several groups: the first one's; setting it sets all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public virtual double LearningRate
    {
        get => learningRate;
        set => learningRate = RequiresRate(value, "LearningRate");
    }

    /// <summary>λ, the strength of weight decay; it may be changed between steps. Of several groups: the first one's; setting it sets all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or not finite.</exception>
    public virtual double WeightDecay
    {
        get => weightDecay;
        set => weightDecay = RequiresRate(value, "WeightDecay");
    }

    /// <summary>The momentum μ, or β₁ of Adam's relatives, which some schedules vary; null if the formula has none.</summary>
    /// <exception cref="NotSupportedException">The formula has no momentum to set.</exception>
    public virtual double? Momentum
    {
        get => null;
        set => throw new NotSupportedException($"{GetType().Name} has no momentum that could be set.");
    }

    /// <summary>Climb instead of descending: the gradient's sign is reversed.</summary>
    public bool Maximize { get; init; }

    /// <summary>Clears the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters)
        {
            parameter.ZeroGrad();
        }
    }

    /// <summary>Replaces the value of every parameter that has a gradient. Nothing of it is recorded.</summary>
    /// <exception cref="GradientException">No parameter has a gradient.</exception>
    public void Step()
    {
        using var unrecorded = Grad.Disabled();
        if (!TryStep())
        {
            throw new GradientException($"{GetType().Name}.Step: no parameter has a gradient. Call loss.Backward() before Step(), and ZeroGrad() before Backward(), not between the two.");
        }
    }

    /// <summary>A whole training step: clears the gradients, computes the loss and its gradients, and replaces the parameters.</summary>
    /// <param name="loss">Computes the loss from the parameters' values; optimizers with a line search call it several times.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="GradientException">No parameter has a gradient.</exception>
    public virtual Tensor Step(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ZeroGrad();
        var value = loss();
        value.Backward();
        Step();
        return value.Detach();
    }

    /// <summary>Whether weight decay leaves a parameter alone.</summary>
    internal bool IsExempt(Parameter parameter) => exempt.Contains(parameter);

    /// <summary>Takes parameters out of weight decay.</summary>
    internal virtual void Exempt(Func<Parameter, bool> which) => exempt.UnionWith(Parameters.Where(which));

    /// <summary>Changes the parameters that have a gradient; says whether there were any.</summary>
    private protected abstract bool TryStep();

    /// <summary>A step of a part of this optimizer.</summary>
    private protected static bool TryStep(Optimizer part) => part.TryStep();

    /// <summary>Returns <paramref name="value"/> if it is in range.</summary>
    private protected static double Requires(double value, bool inRange, string range, [CallerArgumentExpression(nameof(value))] string name = "")
        => inRange ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");

    /// <summary>Returns <paramref name="value"/> if it is a finite number of 0 or more.</summary>
    private protected static double RequiresRate(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        => Requires(value, double.IsFinite(value) && value >= 0, "0 or more", name);

    /// <summary>Returns <paramref name="value"/> if it is the memory of a running mean.</summary>
    private protected static double RequiresMemory(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        => Requires(value, value is >= 0 and < 1, "0 to below 1", name);
}

/// <summary>What is done to an optimizer, and gives it back as the type that it is.</summary>
public static class OptimizerExtensions
{
    /// <summary>Exempts parameters from weight decay: left out, biases and the scales and shifts of norms, that is, what has fewer than two dimensions.</summary>
    /// <typeparam name="TOptimizer">The type of optimizer.</typeparam>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="which">The parameters to be exempt.</param>
    /// <returns>The optimizer.</returns>
    /// <example><code>var optimizer = new AdamW(model.Parameters(), weightDecay: 0.1).ExemptFromDecay();</code></example>
    public static TOptimizer ExemptFromDecay<TOptimizer>(this TOptimizer optimizer, Func<Parameter, bool>? which = null)
        where TOptimizer : Optimizer
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Exempt(which ?? (parameter => parameter.Rank < 2));
        return optimizer;
    }
}
