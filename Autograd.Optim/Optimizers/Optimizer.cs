namespace Autograd.Optim;

/// <summary>Replaces the values of parameters by better ones, given their gradients: what all optimizers share.</summary>
public abstract class Optimizer
{
    private double learningRate;

    private protected Optimizer(IEnumerable<Parameter> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = [.. parameters];
        LearningRate = learningRate;
        if (Parameters.Count == 0)
        {
            throw new ArgumentException($"{GetType().Name}: there are no parameters to optimize. Pass model.Parameters(); is every layer a field of the model?", nameof(parameters));
        }

        if (Parameters.Distinct().Count() != Parameters.Count)
        {
            throw new ArgumentException($"{GetType().Name}: a parameter is listed twice and would be changed twice a step.", nameof(parameters));
        }
    }

    /// <summary>The parameters that <see cref="Step"/> changes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The length of a step; it may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = Requires(value, double.IsFinite(value) && value >= 0, "0 or more");
    }

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
        var changed = false;
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].Grad is { } gradient)
            {
                Advance(i, Parameters[i], gradient);
                changed = true;
            }
        }

        if (!changed)
        {
            throw new GradientException($"{GetType().Name}.Step: no parameter has a gradient. Call loss.Backward() before Step(), and ZeroGrad() before Backward(), not between the two.");
        }
    }

    /// <summary>Returns <paramref name="value"/> if it is in range.</summary>
    private protected static double Requires(double value, bool inRange, string range, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string name = "")
        => inRange ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");

    /// <summary>Replaces the value of parameter <paramref name="index"/>, and the state that belongs to it.</summary>
    private protected abstract void Advance(int index, Parameter parameter, Tensor gradient);
}

/// <summary>An optimizer as a formula: (value, gradient, state) ↦ (new value, new state), in tensor operations.</summary>
/// <typeparam name="TState">What it remembers of each parameter from step to step.</typeparam>
public abstract class Optimizer<TState> : Optimizer
    where TState : OptimizerState
{
    private readonly TState?[] states;
    private readonly Tensor[][] owned;

    /// <summary>An optimizer of the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">The length of a step; 0 or more.</param>
    /// <exception cref="ArgumentException">There are none, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    protected Optimizer(IEnumerable<Parameter> parameters, double learningRate)
        : base(parameters, learningRate)
    {
        states = new TState?[Parameters.Count];
        owned = new Tensor[Parameters.Count][];
        Array.Fill(owned, []);
    }

    /// <summary>Whether the state never leaves the optimizer, so that its memory can be used again as soon as a step has replaced it.</summary>
    private protected virtual bool OwnsState => false;

    /// <summary>The formula.</summary>
    /// <param name="parameter">The parameter's value.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="state">What was remembered; null at the parameter's first step.</param>
    /// <returns>The new value, and what to remember.</returns>
    protected abstract (Tensor Parameter, TState State) Update(Tensor parameter, Tensor gradient, TState? state);

    private protected sealed override void Advance(int index, Parameter parameter, Tensor gradient)
    {
        var before = owned[index];
        var (value, state) = Update(parameter, gradient, states[index]);
        Tensor[] results = [value, .. state.Tensors];

        // What is still pending has no memory yet; what it gets now belongs to nobody else.
        var areFresh = OwnsState && ArePendingAndDistinct(results);
        if (areFresh && before.Length == results.Length - 1)
        {
            Tensor.EvaluateInPlaceOf(results, [parameter.Current as Snapshot, .. before]);
        }
        else
        {
            Tensor.Evaluate(results);
        }

        foreach (var former in before)
        {
            if (!IsMemoryOf(results, former))
            {
                former.Release();
            }
        }

        if (areFresh)
        {
            parameter.AssignFresh(value);
        }
        else
        {
            parameter.Assign(value);
        }

        owned[index] = areFresh ? results[1..] : [];
        states[index] = state;
    }

    private static bool ArePendingAndDistinct(ReadOnlySpan<Tensor> tensors)
    {
        for (var i = 0; i < tensors.Length; i++)
        {
            if (tensors[i].Pending is null || tensors[..i].Contains(tensors[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMemoryOf(ReadOnlySpan<Tensor> tensors, Tensor former)
    {
        foreach (var tensor in tensors)
        {
            if (ReferenceEquals(tensor.Owner, former.Owner))
            {
                return true;
            }
        }

        return false;
    }
}
