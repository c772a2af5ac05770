namespace Autograd.Optim;

/// <summary>Lowers the learning rate when a measure has stopped improving: r ← max(rf, least) after more than <c>patience</c> calls in a row without a new best.</summary>
/// <example><code>
/// var optimizer = new Sgd(model.Parameters(), learningRate: 0.1);
/// var plateau = new ReduceOnPlateau(optimizer, factor: 0.5, patience: 2);
/// plateau.Step(metric: 1.7);                          // the loss on validation data, after each epoch
/// </code></example>
public sealed class ReduceOnPlateau
{
    private readonly Optimizer optimizer;
    private readonly bool maximize;
    private readonly double factor;
    private readonly int patience;
    private readonly double threshold;
    private readonly bool isAbsolute;
    private readonly int cooldown;
    private readonly double leastRate;
    private readonly double leastChange;
    private int resting;

    /// <summary>Watches over an optimizer's rates.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="maximize">Whether the measure should rise, as an accuracy; else fall, as a loss.</param>
    /// <param name="factor">f; 0 or more, below 1.</param>
    /// <param name="patience">How many calls without improvement are put up with; 0 or more.</param>
    /// <param name="threshold">By how much a new best must be better to count.</param>
    /// <param name="absoluteThreshold">Whether the threshold is an amount; else a share of the best.</param>
    /// <param name="cooldown">Calls after a change in which none counts as bad.</param>
    /// <param name="leastRate">The least rate.</param>
    /// <param name="epsilon">A change of the rate by no more is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ReduceOnPlateau(
        Optimizer optimizer, bool maximize = false, double factor = 0.1, int patience = 10, double threshold = 1e-4, bool absoluteThreshold = false, int cooldown = 0, double leastRate = 0, double epsilon = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        if (factor is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "ReduceOnPlateau: the factor must be 0 to below 1; 1 and more would not lower the rate.");
        }

        (this.optimizer, this.maximize, this.factor, this.patience) = (optimizer, maximize, factor, patience);
        (this.threshold, isAbsolute, this.cooldown, this.leastRate, leastChange) = (threshold, absoluteThreshold, cooldown, leastRate, epsilon);
        Best = maximize ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>The best measure so far.</summary>
    public double Best { get; private set; }

    /// <summary>How many calls in a row have not improved on it.</summary>
    public int BadCount { get; private set; }

    /// <summary>Whether the rates are those of an optimizer.</summary>
    internal bool IsOf(Optimizer other) => ReferenceEquals(optimizer, other);

    /// <summary>Takes a measure into account.</summary>
    /// <param name="metric">The measure; NaN counts as no improvement.</param>
    public void Step(double metric)
    {
        if (IsBetter(metric))
        {
            (Best, BadCount) = (metric, 0);
        }
        else
        {
            BadCount++;
        }

        if (resting > 0)
        {
            resting--;
            BadCount = 0;
        }

        if (BadCount > patience)
        {
            foreach (var group in optimizer.Groups)
            {
                var lower = Math.Max(group.LearningRate * factor, leastRate);
                if (group.LearningRate - lower > leastChange)
                {
                    group.LearningRate = lower;
                }
            }

            (resting, BadCount) = (cooldown, 0);
        }
    }

    /// <summary>What it remembers, for a checkpoint.</summary>
    internal double[] State
    {
        get => [Best, BadCount, resting];
        set => (Best, BadCount, resting) = (value[0], (int)value[1], (int)value[2]);
    }

    private bool IsBetter(double metric)
    {
        var sign = maximize ? 1 : -1;
        var margin = isAbsolute || double.IsInfinity(Best) ? threshold : Math.Abs(Best) * threshold;
        return sign * (metric - Best) > margin || (double.IsInfinity(Best) && !double.IsNaN(metric));
    }
}
