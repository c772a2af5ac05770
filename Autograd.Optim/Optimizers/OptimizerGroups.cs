namespace Autograd.Optim;

/// <summary>Several optimizers as one: parameter groups with options, and even formulas, of their own.</summary>
/// <example><code>
/// var optimizer = new OptimizerGroups(
///     new Sgd(model.Parameters().Where(parameter => parameter.Rank > 1), learningRate: 1e-3, momentum: 0.9),
///     new Adam(model.Parameters().Where(parameter => parameter.Rank == 1), learningRate: 1e-2));
/// </code></example>
public sealed class OptimizerGroups : Optimizer
{
    private readonly Optimizer[] groups;

    /// <summary>The given optimizers, as one.</summary>
    /// <param name="groups">At least one; no parameter may be in two.</param>
    /// <exception cref="ArgumentException">There are none, or two share a parameter.</exception>
    public OptimizerGroups(params Optimizer[] groups)
        : base(AllParameters(groups), 0)
        => this.groups = [.. groups];

    /// <inheritdoc/>
    public override IReadOnlyList<Optimizer> Groups => [.. groups.SelectMany(group => group.Groups)];

    /// <inheritdoc/>
    public override double LearningRate
    {
        get => groups[0].LearningRate;
        set => Array.ForEach(groups, group => group.LearningRate = value);
    }

    /// <inheritdoc/>
    public override double WeightDecay
    {
        get => groups[0].WeightDecay;
        set => Array.ForEach(groups, group => group.WeightDecay = value);
    }

    /// <inheritdoc/>
    internal override void Exempt(Func<Parameter, bool> which) => Array.ForEach(groups, group => group.Exempt(which));

    private protected override bool TryStep()
    {
        var changed = false;
        foreach (var group in groups)
        {
            changed |= TryStep(group);
        }

        return changed;
    }

    private protected override void Save(Action<string, Tensor> keep)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            Save(groups[i], (name, tensor) => keep(Name(i, "group." + name), tensor));
        }
    }

    private protected override void Load(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            Load(groups[i], state, prefix + Name(i, "group."));
        }
    }

    private static IEnumerable<Parameter> AllParameters(Optimizer[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return groups.SelectMany(group => group.Parameters);
    }
}
