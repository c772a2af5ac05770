namespace Autograd.Optim;

/// <summary>Sets an optimizer's learning rates by a <see cref="Schedule"/>, one step at a time. Each group keeps its own initial rate.</summary>
/// <example><code>
/// var optimizer = new Sgd(model.Parameters(), learningRate: 0.1, momentum: 0.9);
/// var scheduler = new Scheduler(optimizer, Schedule.CosineAnnealing(100));
/// scheduler.Step();                                   // after optimizer.Step(), once a batch or once an epoch
/// </code></example>
public sealed class Scheduler
{
    private readonly Schedule schedule;
    private readonly Optimizer optimizer;
    private readonly double[] initial;

    /// <summary>Begins a schedule: the rates of step 0 are set at once.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="schedule">The schedule.</param>
    /// <exception cref="NotSupportedException">The schedule varies the momentum, and a group has none.</exception>
    public Scheduler(Optimizer optimizer, Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(schedule);
        (this.optimizer, this.schedule) = (optimizer, schedule);
        initial = [.. optimizer.Groups.Select(group => group.LearningRate)];
        Set();
    }

    /// <summary>The steps so far. Setting it goes to that step: a schedule has no other memory.</summary>
    public int StepCount
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
            Set();
        }
    }

    /// <summary>Goes on to the next step.</summary>
    public void Step() => StepCount++;

    private void Set()
    {
        for (var i = 0; i < initial.Length; i++)
        {
            var group = optimizer.Groups[i];
            group.LearningRate = schedule.Rate(StepCount, initial[i]);
            if (schedule.Momentum(StepCount) is { } momentum)
            {
                group.Momentum = momentum;
            }
        }
    }
}
