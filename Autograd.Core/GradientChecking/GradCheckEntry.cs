namespace Autograd;

/// <summary>What a gradient check makes of one derivative.</summary>
public enum GradCheckVerdict
{
    /// <summary>Tape and difference quotients agree.</summary>
    Agrees,

    /// <summary>The function has a kink at the point (its slopes before and behind it differ), and the tape's value lies between the two slopes.</summary>
    Kink,

    /// <summary>The function jumps at the point, or has no values on one side of it; there is no derivative to compare with.</summary>
    Jump,

    /// <summary>They disagree by no more than the error of the quotients: the numerical side is to be doubted.</summary>
    Inconclusive,

    /// <summary>They disagree by more than the error of the quotients: the analytic side is wrong.</summary>
    Wrong,
}

/// <summary>One derivative, computed by the tape and estimated by difference quotients.</summary>
/// <param name="Order">1 for the gradient, 2 for the gradient of the gradient.</param>
/// <param name="Input">The name or number of the input; "all" for a direction through all of them.</param>
/// <param name="Index">The element of the input; empty for a derivative along a random direction.</param>
/// <param name="Analytic">What the tape says.</param>
/// <param name="Numeric">What the quotients say.</param>
/// <param name="Tolerance">The difference that is allowed between the two.</param>
public sealed record GradCheckEntry(int Order, string Input, IReadOnlyList<int> Index, double Analytic, double Numeric, double Tolerance)
{
    /// <summary>The element of the output, as "[1, 2]"; null for outputs projected on a random direction.</summary>
    public string? Output { get; init; }

    /// <summary>Whether this is the derivative along a random direction, and not that for one element.</summary>
    public bool IsAlongDirection { get; init; }

    /// <summary>What the check makes of it.</summary>
    public GradCheckVerdict Verdict { get; init; }

    /// <summary>An estimate of the error of <see cref="Numeric"/>: what extrapolation leaves, and rounding.</summary>
    public double NumericError { get; init; }

    /// <summary>Whether the derivative is so small that rounding in the function hides it: the two agree, but would for many other values, too.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The (smallest) step that the quotient was taken over.</summary>
    public double Step { get; init; }

    /// <summary>The slope before the point, over that step.</summary>
    public double SlopeBefore { get; init; }

    /// <summary>The slope behind the point, over that step.</summary>
    public double SlopeAfter { get; init; }

    /// <summary>|analytic − numeric|; infinite where exactly one of them is not a number.</summary>
    public double Error => Analytic.Equals(Numeric) ? 0
        : double.IsNaN(Analytic - Numeric) ? double.PositiveInfinity
        : Math.Abs(Analytic - Numeric);

    /// <summary>The error in units of the greater of both values.</summary>
    public double RelativeError => Error == 0 ? 0 : Error / Math.Max(Math.Abs(Analytic), Math.Abs(Numeric));

    /// <summary>The error in units in the last place of the greater of both values, as Float64 numbers.</summary>
    public double Ulps
    {
        get
        {
            var greater = Math.Max(Math.Abs(Analytic), Math.Abs(Numeric));
            return Error == 0 ? 0 : Error / (Math.BitIncrement(greater) - greater);
        }
    }

    /// <summary>Whether nothing speaks against the tape's value: the two agree, or there is no derivative to compare with.</summary>
    public bool IsCorrect => Verdict is not (GradCheckVerdict.Wrong or GradCheckVerdict.Inconclusive);
}
