namespace Autograd.Tests.RandomNumbers;

/// <summary>Φ in float64 by ways that share nothing with the quantile function under test.</summary>
internal static class NormalReference
{
    private const int FractionDepth = 400;

    /// <summary>φ(x) = e^(−x²/2)/√(2π), with the rounding error of x² carried into the exponential.</summary>
    public static double Density(double x)
    {
        var square = x * x;
        var lost = Math.FusedMultiplyAdd(x, x, -square);
        return Math.Exp(-square / 2) * (1 - lost / 2) / Math.Sqrt(2 * Math.PI);
    }

    /// <summary>Φ(x) − ½ = φ(x)·(x + x³/3 + x⁵/(3·5) + …), for |x| up to about 2.</summary>
    public static double Central(double x)
    {
        var (term, sum) = (x, 0.0);
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-18; n += 2)
        {
            sum += term;
            term *= x * x / (n + 2);
        }
        return Density(x) * sum;
    }

    /// <summary>1 − Φ(x) = φ(x)/(x + 1/(x + 2/(x + 3/(x + …)))), for x of 1 or more (Laplace, 1805).</summary>
    public static double UpperTail(double x)
    {
        var fraction = x;
        for (var k = FractionDepth; k > 0; k--)
            fraction = x + k / fraction;
        return Density(x) / fraction;
    }

    /// <summary>Φ(x).</summary>
    public static double Cumulative(double x) => x switch
    {
        < -1.5 => UpperTail(-x),
        > 1.5 => 1 - UpperTail(x),
        _ => 0.5 + Central(x),
    };
}
