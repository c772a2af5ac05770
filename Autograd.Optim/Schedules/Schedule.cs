namespace Autograd.Optim;

/// <summary>A learning rate as a function of the step (or epoch): a formula without a memory, so that it can be drawn, composed, and taken up again anywhere. A <see cref="Scheduler"/> applies it to an optimizer.</summary>
/// <remarks>Stochastic descent converges for certain if the rates' sum is infinite and that of their squares finite (Robbins, Monro 1951): so it is for rates that fall as 1/t, but not for 1/√t, for constant ones, nor for those that fall exponentially; these are what practice prefers, since it stops before the limit.</remarks>
/// <example><code>
/// var schedule = Schedule.WarmUp(100).Then(Schedule.CosineAnnealing(900), at: 100);
/// var rate = schedule.Rate(step: 500, initial: 1e-3);
/// </code></example>
public abstract partial class Schedule
{
    /// <summary>The rate at a step.</summary>
    /// <param name="step">The number of steps taken; 0 at first.</param>
    /// <param name="initial">The rate that the optimizer was made with.</param>
    /// <returns>The rate; 0 or more.</returns>
    public abstract double Rate(int step, double initial);

    /// <summary>The momentum at a step, if the schedule varies it.</summary>
    /// <param name="step">The number of steps taken.</param>
    /// <returns>The momentum; null to leave it alone.</returns>
    public virtual double? Momentum(int step) => null;

    /// <summary>One schedule after the other: the next one begins, with its own step 0, at a milestone.</summary>
    /// <param name="next">What follows.</param>
    /// <param name="at">The step at which it begins; 1 or more.</param>
    public Schedule Then(Schedule next, int at) => Sequential([this, next], [at]);

    /// <summary>Both at once: the rate of the first is what the second one begins with. Of factors, such as a warm-up and a decay, it is the product.</summary>
    /// <param name="first">A schedule.</param>
    /// <param name="second">A schedule.</param>
    public static Schedule operator *(Schedule first, Schedule second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new Formula((step, initial) => second.Rate(step, first.Rate(step, initial)), step => second.Momentum(step) ?? first.Momentum(step));
    }

    /// <summary>Several schedules, each from its milestone on, with its own step 0 there.</summary>
    /// <param name="schedules">The schedules.</param>
    /// <param name="milestones">The steps at which the second and the following begin, ascending.</param>
    /// <exception cref="ArgumentException">There is not one milestone less than schedules, or they do not ascend.</exception>
    public static Schedule Sequential(IReadOnlyList<Schedule> schedules, IReadOnlyList<int> milestones)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        ArgumentNullException.ThrowIfNull(milestones);
        if (schedules.Count != milestones.Count + 1)
        {
            throw new ArgumentException($"Schedule.Sequential: {schedules.Count} schedules need {schedules.Count - 1} milestones, not {milestones.Count}.", nameof(milestones));
        }

        RequireAscending(milestones, nameof(Sequential));
        (Schedule Schedule, int Step) At(int step)
        {
            var index = milestones.Count(milestone => milestone <= step);
            return (schedules[index], index == 0 ? step : step - milestones[index - 1]);
        }

        return new Formula((step, initial) => At(step) is var (schedule, own) ? schedule.Rate(own, initial) : initial, step => At(step) is var (schedule, own) ? schedule.Momentum(own) : null);
    }

    /// <summary>Any factor of the initial rate.</summary>
    /// <param name="factor">The factor at a step.</param>
    public static Schedule Lambda(Func<int, double> factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return new Formula((step, initial) => initial * factor(step));
    }

    private static void RequireAscending(IReadOnlyList<int> milestones, string name)
    {
        for (var i = 0; i < milestones.Count; i++)
        {
            if (milestones[i] <= (i == 0 ? 0 : milestones[i - 1]))
            {
                throw new ArgumentException($"Schedule.{name}: milestones must be above 0 and ascend; they are {string.Join(", ", milestones)}.", nameof(milestones));
            }
        }
    }

    private static T Positive<T>(T value, string name)
        where T : System.Numerics.INumber<T>
        => value > T.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");

    private static double Factor(double value, string name)
        => value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more.");

    private sealed class Formula(Func<int, double, double> rate, Func<int, double?>? momentum = null) : Schedule
    {
        public override double Rate(int step, double initial) => rate(step, initial);

        public override double? Momentum(int step) => momentum?.Invoke(step);
    }
}
