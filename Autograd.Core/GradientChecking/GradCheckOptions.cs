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

    /// <summary>The step of the central difference in units of max(1, |x|); left out, the cube root of the rounding unit, which balances truncation against rounding.</summary>
    public double? Step { get; init; }

    /// <summary>Whether Float32 inputs are accepted. Their differences carry three or four digits only, so that a correct gradient fails at the standard tolerances.</summary>
    public bool AllowFloat32 { get; init; }

    /// <summary>The seed of the random directions that outputs of several elements, and second derivatives, are projected on.</summary>
    public ulong Seed { get; init; }
}
