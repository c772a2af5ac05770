namespace Autograd;

/// <summary>How a gradient check measures and judges.</summary>
public sealed record GradCheckOptions
{
    /// <summary>The standard: first order, relative tolerance 1e-5, absolute tolerance 1e-8.</summary>
    public static GradCheckOptions Default { get; } = new();

    /// <summary>1 checks the gradient; 2 checks the gradient of the gradient along a random direction, too.</summary>
    public int Order { get; init; } = 1;

    /// <summary>The allowed difference in units of the greater of both values.</summary>
    public double RelativeTolerance { get; init; } = 1e-5;

    /// <summary>The allowed difference on top, for values near 0.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-8;

    /// <summary>The step of the central difference in units of max(1, |x|); left out, the cube root of the rounding unit, which balances truncation against rounding.
    /// A derivative that disagrees is measured again with steps from 1/128 down, extrapolated to 0.</summary>
    public double? Step { get; init; }

    /// <summary>Extrapolates every derivative over many steps, not only those that disagree at first: some thirty evaluations each instead of two, and ten digits instead of seven.</summary>
    public bool Extrapolate { get; init; }

    /// <summary>Compares every element of the output on its own, the complete Jacobian. Left out, the output is projected on one random direction, which finds the same mistakes at the price of one.</summary>
    public bool Jacobian { get; init; }

    /// <summary>Inputs of more elements are checked along random directions instead of element by element.</summary>
    public int LargestComplete { get; init; } = 10_000;

    /// <summary>How many random directions an input of more than <see cref="LargestComplete"/> elements is checked along.</summary>
    public int Projections { get; init; } = 8;

    /// <summary>How often a check that met kinks or jumps is repeated at a random point nearby (1 % of |x| away): there, most functions have derivatives.</summary>
    public int Resamples { get; init; }

    /// <summary>Whether a failed check goes on to check each recorded operation on its own, with the values it had, and names the first wrong one.</summary>
    public bool Localize { get; init; } = true;

    /// <summary>Ends the check after this time; the report says how much of it was done, and elements are taken in random order, so that all regions of the inputs are looked at.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Is told the part of the work that is done, from 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Whether Float32 inputs are accepted. The tolerance then includes the rounding of such a function, which leaves three or four digits to be compared.</summary>
    public bool AllowFloat32 { get; init; }

    /// <summary>The seed of everything random in the check: directions, the order under a time budget, resampled points. Equal seeds give equal reports.</summary>
    public ulong Seed { get; init; }
}
