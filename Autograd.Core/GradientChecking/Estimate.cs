namespace Autograd.GradientChecking;

/// <summary>How a function looks along a line, near the point.</summary>
internal enum Course
{
    /// <summary>It has a derivative.</summary>
    Smooth,

    /// <summary>Its slopes before and behind the point differ, however near.</summary>
    Kink,

    /// <summary>Its values before and behind the point differ, or there are none on one side.</summary>
    Jump,
}

/// <summary>A derivative as difference quotients give it.</summary>
/// <param name="Value">The derivative.</param>
/// <param name="Truncation">An estimate of the error that the extrapolation leaves.</param>
/// <param name="Noise">An estimate of the error that comes from rounding in the function.</param>
/// <param name="Step">The smallest step that the value rests on.</param>
/// <param name="Before">The slope from the left at that step.</param>
/// <param name="After">The slope to the right.</param>
/// <param name="Course">How the function looks.</param>
internal readonly record struct Estimate(double Value, double Truncation, double Noise, double Step, double Before, double After, Course Course)
{
    /// <summary>Whether the slopes before and behind the point differ by more than a smooth function's would, in a function whose derivatives are <paramref name="typical"/>ly so large:
    /// a kink, at which a central quotient is their mean, or strong curvature.</summary>
    public bool IsSuspicious(double typical) => Math.Abs(After - Before) > (1e-3 * Math.Max(Math.Abs(Value), 0.3 * typical)) + (32 * Noise);
}
