namespace Autograd.Optim;

public abstract partial class Schedule
{
    /// <summary>A rate that falls in steps: r γ^⌊t/s⌋.</summary>
    /// <param name="stepSize">s: the steps between two falls; 1 or more.</param>
    /// <param name="gamma">γ; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule Step(int stepSize, double gamma = 0.1)
    {
        (stepSize, gamma) = (Positive(stepSize, nameof(stepSize)), Factor(gamma, nameof(gamma)));
        return Lambda(step => Math.Pow(gamma, step / stepSize));
    }

    /// <summary>A rate that falls at milestones: r γⁿ after the n-th.</summary>
    /// <param name="milestones">Steps, ascending.</param>
    /// <param name="gamma">γ; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The milestones do not ascend.</exception>
    public static Schedule MultiStep(IReadOnlyList<int> milestones, double gamma = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        RequireAscending(milestones, nameof(MultiStep));
        Factor(gamma, nameof(gamma));
        return Lambda(step => Math.Pow(gamma, milestones.Count(milestone => milestone <= step)));
    }

    /// <summary>A rate that falls exponentially: r γᵗ.</summary>
    /// <param name="gamma">γ; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is negative.</exception>
    public static Schedule Exponential(double gamma)
    {
        Factor(gamma, nameof(gamma));
        return Lambda(step => Math.Pow(gamma, step));
    }

    /// <summary>A share of the rate for some steps, then all of it.</summary>
    /// <param name="factor">The share; 0 or more.</param>
    /// <param name="totalSteps">For how many steps; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule Constant(double factor = 1.0 / 3, int totalSteps = 5)
    {
        Factor(factor, nameof(factor));
        ArgumentOutOfRangeException.ThrowIfNegative(totalSteps);
        return Lambda(step => step < totalSteps ? factor : 1);
    }

    /// <summary>A factor that goes linearly from one number to another, and stays there.</summary>
    /// <param name="startFactor">The factor at step 0; 0 or more.</param>
    /// <param name="endFactor">The factor from <paramref name="totalSteps"/> on; 0 or more.</param>
    /// <param name="totalSteps">In how many steps; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule Linear(double startFactor = 1.0 / 3, double endFactor = 1, int totalSteps = 5)
    {
        Factor(startFactor, nameof(startFactor));
        Factor(endFactor, nameof(endFactor));
        Positive(totalSteps, nameof(totalSteps));
        return Lambda(step => startFactor + ((endFactor - startFactor) * Math.Min(step, totalSteps) / totalSteps));
    }

    /// <summary>A warm-up: from nearly nothing to the whole rate in some steps, (t + 1)/n (Goyal et al. 2017). For what comes after it, multiply or use <see cref="Then"/>.</summary>
    /// <param name="steps">n; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps.</exception>
    public static Schedule WarmUp(int steps)
    {
        Positive(steps, nameof(steps));
        return Lambda(step => Math.Min(1, (step + 1.0) / steps));
    }

    /// <summary>A rate that falls to 0 as a power: r (1 − t/n)^p.</summary>
    /// <param name="totalSteps">n; 1 or more.</param>
    /// <param name="power">p; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule Polynomial(int totalSteps = 5, double power = 1)
    {
        Positive(totalSteps, nameof(totalSteps));
        Factor(power, nameof(power));
        return Lambda(step => Math.Pow(1 - ((double)Math.Min(step, totalSteps) / totalSteps), power));
    }

    /// <summary>The transformer's schedule (Vaswani et al. 2017): a linear warm-up to the whole rate at step n, then r √(n/t).</summary>
    /// <param name="warmUpSteps">n; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps.</exception>
    /// <remarks>Σ 1/√t is infinite, but so is Σ 1/t, the sum of its squares: it meets the first of the conditions of Robbins and Monro, not the second. <see cref="InverseTime"/> meets both.</remarks>
    public static Schedule InverseSquareRoot(int warmUpSteps = 4000)
    {
        Positive(warmUpSteps, nameof(warmUpSteps));
        return Lambda(step => Math.Min((step + 1.0) / warmUpSteps, Math.Sqrt(warmUpSteps / (step + 1.0))));
    }

    /// <summary>r/(1 + γt)^p, which for ½ &lt; p ≤ 1 meets the conditions of Robbins and Monro (1951): an infinite sum, a finite sum of squares.</summary>
    /// <param name="gamma">γ; 0 or more.</param>
    /// <param name="power">p; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule InverseTime(double gamma, double power = 1)
    {
        Factor(gamma, nameof(gamma));
        Factor(power, nameof(power));
        return Lambda(step => Math.Pow(1 + (gamma * step), -power));
    }
}
