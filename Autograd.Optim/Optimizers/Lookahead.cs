namespace Autograd.Optim;

/// <summary>Look-ahead: an inner optimizer takes k steps, then the slow values follow it part of the way and it goes on from there (Zhang et al. 2019): φ ← φ + α(θ − φ); θ ← φ.</summary>
public sealed class Lookahead : Optimizer
{
    private readonly Optimizer inner;
    private readonly int period;
    private readonly double share;
    private readonly Tensor[] slow;
    private int taken;

    /// <summary>Look-ahead around an optimizer.</summary>
    /// <param name="inner">The optimizer that takes the steps.</param>
    /// <param name="period">k, 1 or more.</param>
    /// <param name="share">α, above 0, 1 at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Lookahead(Optimizer inner, int period = 5, double share = 0.5)
        : base(inner?.Parameters ?? throw new ArgumentNullException(nameof(inner)), 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        this.inner = inner;
        this.period = period;
        this.share = Requires(share, share is > 0 and <= 1, "above 0 and at most 1");
        slow = [.. Parameters.Select(parameter => parameter.Detach())];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Optimizer> Groups => inner.Groups;

    /// <inheritdoc/>
    public override double LearningRate
    {
        get => inner.LearningRate;
        set => inner.LearningRate = value;
    }

    /// <inheritdoc/>
    public override double WeightDecay
    {
        get => inner.WeightDecay;
        set => inner.WeightDecay = value;
    }

    /// <inheritdoc/>
    public override double? Momentum
    {
        get => inner.Momentum;
        set => inner.Momentum = value;
    }

    /// <inheritdoc/>
    internal override void Exempt(Func<Parameter, bool> which) => inner.Exempt(which);

    private protected override bool TryStep()
    {
        if (!TryStep(inner))
        {
            return false;
        }

        taken++;
        for (var i = 0; i < slow.Length && taken % period == 0; i++)
        {
            slow[i] = slow[i].Lerp(Parameters[i], share).Evaluate();
            Parameters[i].Assign(slow[i]);
        }

        return true;
    }

    private protected override void Save(Action<string, Tensor> keep)
    {
        keep("steps", Tensor.From([taken]));
        Save(inner, (name, tensor) => keep("inner." + name, tensor));
        for (var i = 0; i < slow.Length; i++)
        {
            keep(Name(i, "slow"), slow[i]);
        }
    }

    private protected override void Load(IReadOnlyDictionary<string, Tensor> state, string prefix)
    {
        Load(inner, state, prefix + "inner.");
        taken = (int)Find(state, prefix + "steps").Item();
        for (var i = 0; i < slow.Length; i++)
        {
            slow[i] = Find(state, prefix + Name(i, "slow"));
        }
    }
}
