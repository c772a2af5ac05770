namespace Autograd.Optim;

/// <summary>An optimizer as a formula: (value, gradient, state) ↦ (new value, new state), in tensor operations.</summary>
/// <typeparam name="TState">What it remembers of each parameter from step to step.</typeparam>
public abstract class Optimizer<TState> : Optimizer
    where TState : class, IOptimizerState<TState>
{
    private readonly TState?[] states;
    private readonly int[] taken;
    private readonly Tensor[][] owned;
    private Tensor[] newest = [];
    private Tensor?[] replaced = [];

    /// <summary>An optimizer of the given parameters.</summary>
    /// <param name="parameters">At least one, each once.</param>
    /// <param name="learningRate">α, the length of a step; 0 or more.</param>
    /// <param name="weightDecay">λ, the strength of weight decay; 0 or more.</param>
    /// <exception cref="ArgumentException">There are none, or one is listed twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    protected Optimizer(IEnumerable<Parameter> parameters, double learningRate, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        states = new TState?[Parameters.Count];
        taken = new int[Parameters.Count];
        owned = new Tensor[Parameters.Count][];
        Array.Fill(owned, []);
    }

    /// <summary>Whether the state never leaves the optimizer, so that its memory can be used again as soon as a step has replaced it.</summary>
    private protected virtual bool OwnsState => false;

    /// <summary>Starts an optimization through which gradients flow: from the parameters as they are now, by this formula, with a state of its own. The parameters stay as they are.</summary>
    /// <param name="learningRate">α as a tensor of one element; left out, this optimizer's.</param>
    /// <param name="weightDecay">λ as a tensor of one element; left out, this optimizer's.</param>
    /// <returns>The optimization, to be taken step by step.</returns>
    /// <exception cref="ShapeException">A tensor has more than one element.</exception>
    public Unrolled Unroll(Tensor? learningRate = null, Tensor? weightDecay = null) => new Unrolled<TState>(this, learningRate, weightDecay);

    /// <summary>The formula.</summary>
    /// <param name="parameter">θ: the parameter's value.</param>
    /// <param name="gradient">g: its gradient.</param>
    /// <param name="state">What was remembered; null at the parameter's first step.</param>
    /// <param name="step">The number of the step, and the rates for this parameter.</param>
    /// <returns>The new value, and what to remember.</returns>
    protected abstract (Tensor Parameter, TState State) Update(Tensor parameter, Tensor gradient, TState? state, UpdateStep step);

    /// <summary>The formula, whoever's parameters it is for.</summary>
    internal (Tensor Parameter, TState State) Apply(Tensor parameter, Tensor gradient, TState? state, UpdateStep step)
        => Update(parameter, Maximize ? -gradient : gradient, state, step);

    /// <summary>What is remembered of a parameter; null before its first step.</summary>
    /// <exception cref="ArgumentException">It is not one of this optimizer's.</exception>
    private protected TState? StateOf(Parameter parameter)
    {
        for (var i = 0; i < states.Length; i++)
        {
            if (ReferenceEquals(Parameters[i], parameter))
            {
                return states[i];
            }
        }

        throw new ArgumentException($"{GetType().Name}: the parameter is not one of this optimizer's.", nameof(parameter));
    }

    private protected sealed override bool TryStep()
    {
        var changed = false;
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].Grad is { } gradient)
            {
                Advance(i, Parameters[i], gradient);
                changed = true;
            }
        }

        newest.AsSpan().Clear();
        replaced.AsSpan().Clear();
        return changed;
    }

    private protected sealed override void Save(Action<string, Tensor> keep)
    {
        base.Save(keep);
        keep("steps", Tensor.From(taken));
        for (var i = 0; i < states.Length; i++)
        {
            for (var j = 0; j < states[i]?.Tensors.Count; j++)
            {
                keep(Name(i, Name(j, "state")), states[i]!.Tensors[j]);
            }
        }
    }

    private protected sealed override void Load(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        base.Load(state, prefix);
        var steps = Find(state, prefix + "steps").ToArray<long>();
        if (steps.Length != taken.Length)
        {
            throw new ArgumentException($"{GetType().Name}.LoadState: the state is of {steps.Length} parameters, the optimizer has {taken.Length}.", nameof(state));
        }

        for (var i = 0; i < states.Length; i++)
        {
            var tensors = new List<Tensor>();
            while (state.TryGetValue(prefix + Name(i, Name(tensors.Count, "state")), out var tensor))
            {
                if (tensor.DType != Parameters[i].DType)
                {
                    throw new ArgumentException($"{GetType().Name}.LoadState: parameter {i} is {Parameters[i].DType}, its state {tensor.DType}.", nameof(state));
                }

                tensors.Add(tensor);
            }

            taken[i] = (int)steps[i];
            states[i] = taken[i] == 0 ? null : TState.FromTensors(tensors);
            owned[i] = [];
        }
    }

    private void Advance(int index, Parameter parameter, Tensor gradient)
    {
        var before = owned[index];
        var step = new UpdateStep(taken[index] + 1, LearningRate, IsExempt(parameter) ? 0 : WeightDecay);
        var (value, state) = Apply(parameter, gradient, states[index], step);
        var tensors = state.Tensors;
        var results = Resized(ref newest, 1 + tensors.Count);
        results[0] = value;
        for (var i = 0; i < tensors.Count; i++)
        {
            results[i + 1] = tensors[i];
        }

        // What is still pending has no memory yet; what it gets now belongs to nobody else.
        var areFresh = OwnsState && ArePendingAndDistinct(results);
        if (areFresh && before.Length == tensors.Count)
        {
            var donors = Resized(ref replaced, results.Length);
            donors[0] = parameter.Current as Snapshot;
            before.CopyTo(donors, 1);
            Tensor.EvaluateInPlaceOf(results, donors);
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
            results.AsSpan(1).CopyTo(Resized(ref owned[index], tensors.Count));
        }
        else
        {
            parameter.Assign(value);
            owned[index] = [];
        }

        states[index] = state;
        taken[index]++;
    }

    /// <summary>An array of a length, the same one as long as that stays.</summary>
    private static TElement[] Resized<TElement>(ref TElement[] array, int length)
        => array.Length == length ? array : array = new TElement[length];

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
