using Autograd.NN;

namespace Autograd.Optim;

/// <summary>Adds to the history, for each epoch: the mean norm of each parameter's gradient (<c>gradient/0.weight</c>), and of each innermost layer's output the standard deviation (<c>activation/0</c>)
/// and the share of zeros (<c>zeros/1</c>): what shows vanishing and exploding gradients and dead units.</summary>
public sealed class TrainingStatistics : TrainingCallback, IDisposable
{
    private readonly List<IDisposable> hooks = [];
    private readonly Dictionary<string, (double Sum, int Count)> sums = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private readonly IReadOnlyList<KeyValuePair<string, Parameter>> parameters;

    /// <summary>Watches a model.</summary>
    /// <param name="model">The model.</param>
    public TrainingStatistics(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        parameters = model.NamedParameters();
        foreach (var (path, module) in model.NamedModules())
        {
            if (module is Layer layer && module.Children().Count == 0)
            {
                hooks.Add(layer.RegisterForwardHook((_, output) => Observe(path, output)));
            }
        }
    }

    /// <inheritdoc/>
    public override void OnGradients(TrainingContext run)
    {
        foreach (var (name, parameter) in parameters)
        {
            if (parameter.Grad is { } gradient)
            {
                Add("gradient/" + name, gradient.Norm().Item());
            }
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (var name in order)
        {
            run.Values[name] = sums[name].Sum / sums[name].Count;
        }

        sums.Clear();
        order.Clear();
    }

    /// <summary>Watches no more.</summary>
    public void Dispose()
    {
        hooks.ForEach(hook => hook.Dispose());
        hooks.Clear();
    }

    private void Observe(string path, Tensor output)
    {
        // Training alone: validation runs unrecorded.
        if (!Grad.IsEnabled || !output.DType.IsFloatingPoint)
        {
            return;
        }

        using var unrecorded = Grad.Disabled();
        var values = output.Detach();
        Add("activation/" + path, (values - values.Mean()).Square().Mean().Sqrt().Item());
        Add("zeros/" + path, values.Eq(0).To(DType.Float64).Mean().Item());
    }

    private void Add(string name, double value)
    {
        if (!sums.TryGetValue(name, out var sum))
        {
            order.Add(name);
        }

        sums[name] = (sum.Sum + value, sum.Count + 1);
    }
}
