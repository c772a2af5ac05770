using Autograd.NN;

namespace Autograd.Optim;

/// <summary>An optimization that is itself recorded: every step computes new values from the old ones by differentiable operations, so that gradients flow back through all of them,
/// to the first values, the learning rate and the weight decay (Maclaurin, Duvenaud, Adams, "Gradient-based hyperparameter optimization through reversible learning", 2015; Finn, Abbeel, Levine, "Model-agnostic meta-learning", 2017).</summary>
/// <remarks>All steps are kept in memory until the gradient has been taken. √v has an infinite slope at 0, so that Adam's relatives have no derivative where an element's gradients have all been 0.</remarks>
public abstract class Unrolled
{
    private readonly List<Parameter> places;

    private protected Unrolled(IReadOnlyList<Parameter> start) => (Values, places) = (start, [.. start]);

    /// <summary>The parameters' values after the steps so far, in the optimizer's order; at first the parameters themselves.</summary>
    public IReadOnlyList<Tensor> Values { get; private protected set; }

    /// <summary>The values by their paths in a model, for <c>model.Call(…, x)</c>, which computes with them in place of its parameters.</summary>
    /// <param name="model">The model whose parameters are optimized.</param>
    /// <exception cref="ArgumentException">The model's parameters are not the optimizer's.</exception>
    public IReadOnlyDictionary<string, Tensor> ValuesOf(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (path, parameter) in model.NamedParameters())
        {
            var index = places.IndexOf(parameter);
            values.Add(path, index < 0 ? throw new ArgumentException($"Unrolled.ValuesOf: the optimizer does not have the model's '{path}'.", nameof(model)) : Values[index]);
        }

        return values;
    }

    /// <summary>Takes a step down the gradient of a loss.</summary>
    /// <param name="loss">One number, computed from <see cref="Values"/>.</param>
    /// <exception cref="GradientException">The loss was not computed from any of the values.</exception>
    public void Step(Tensor loss) => Step(Differentiate.Gradients(loss, [.. Values], createGraph: true));

    /// <summary>Takes a step with gradients that were computed elsewhere.</summary>
    /// <param name="gradients">One for each of <see cref="Values"/>; recorded, if they are to be differentiated.</param>
    /// <exception cref="ArgumentException">There is not one for each.</exception>
    public abstract void Step(IReadOnlyList<Tensor> gradients);
}

/// <summary>The steps of one formula.</summary>
internal sealed class Unrolled<TState> : Unrolled
    where TState : class, IOptimizerState<TState>
{
    private readonly Optimizer<TState> optimizer;
    private readonly TState?[] states;
    private readonly Hyperparameter learningRate;
    private readonly Hyperparameter? weightDecay;
    private int taken;

    public Unrolled(Optimizer<TState> optimizer, Tensor? learningRate, Tensor? weightDecay)
        : base(optimizer.Parameters)
    {
        this.optimizer = optimizer;
        this.learningRate = OneNumber(learningRate, nameof(learningRate)) ?? optimizer.LearningRate;
        this.weightDecay = OneNumber(weightDecay, nameof(weightDecay));
        states = new TState?[optimizer.Parameters.Count];
    }

    public override void Step(IReadOnlyList<Tensor> gradients)
    {
        if (gradients.Count != Values.Count)
        {
            throw new ArgumentException($"Unrolled.Step: {gradients.Count} gradients for {Values.Count} values.", nameof(gradients));
        }

        taken++;
        var next = new Tensor[states.Length];
        for (var i = 0; i < next.Length; i++)
        {
            var decay = optimizer.IsExempt(optimizer.Parameters[i]) ? 0 : weightDecay ?? optimizer.WeightDecay;
            (next[i], states[i]) = optimizer.Apply(Values[i], gradients[i], states[i], new(taken, learningRate, decay));
        }

        Values = next;
    }

    private static Hyperparameter? OneNumber(Tensor? tensor, string name)
    {
        if (tensor is null)
        {
            return null;
        }

        return tensor.Rank == 0
            ? (Hyperparameter)tensor
            : throw new ShapeException($"Unroll: {name} has shape {tensor.Shape}; one number of rank 0 is needed: Tensor.From(0.1, requiresGrad: true).");
    }
}
