using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd;

/// <summary>
/// The standard normal distribution by inversion: Φ⁻¹ by rational functions and <see cref="NaturalLogarithm"/>, with
/// + − × ÷ √ only, so that a normal number has the same bits on every platform.
/// </summary>
/// <remarks>
/// With q = ½ − t for the probability t ≤ ½ of the tail, −Φ⁻¹(t) is q·A(0.180625 − q²) for t ≥ 0.075 and otherwise, with
/// r = √(−ln t), B(r − 1.6) for r ≤ 5 and C(r − 5) beyond; A, B and C are quotients of polynomials of degree 7. The formula
/// is good to about 10⁻¹⁶ relative down to t = 10⁻³¹⁶; rounding makes that 10⁻¹⁶ on average and at most 7·10⁻¹⁶ (measured against
/// 40 digits).
/// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37, 1988
/// (function PPND16).
/// </remarks>
internal static class NormalDistribution
{
    private const double TailLimit = 0.075;
    private const double FarLimit = 5;
    private const ulong SignBit = 1UL << 63;

    /// <summary>The x with Φ(x) = <paramref name="probability"/>.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    public static double Quantile(double probability)
    {
        Debug.Assert(probability is > 0 and < 1);
        return probability <= 0.5
            ? -UpperQuantile(Vector256.Create(probability)).ToScalar()
            : UpperQuantile(Vector256.Create(1 - probability)).ToScalar();
    }

    /// <summary>
    /// One standard normal of each 64-bit draw: the highest bit is the sign, the next 52 are k in t = (k + ½)·2⁻⁵³, the
    /// probability beyond |value|. So Φ(value) is one of the 2⁵³ centres (j + ½)·2⁻⁵³, never 0, ½ or 1, symmetric about ½, and
    /// every step is exact but Φ⁻¹ itself. The greatest |value| is −Φ⁻¹(2⁻⁵⁴) ≈ 8.2924.
    /// </summary>
    /// <param name="draws">A multiple of <see cref="Vector256{T}.Count"/> of them.</param>
    /// <param name="values">As many as <paramref name="draws"/>.</param>
    public static void FromDraws(ReadOnlySpan<ulong> draws, Span<double> values)
    {
        Debug.Assert(draws.Length == values.Length && draws.Length % Vector256<ulong>.Count == 0);
        var from = MemoryMarshal.Cast<ulong, Vector256<ulong>>(draws);
        var to = MemoryMarshal.Cast<double, Vector256<double>>(values);
        for (var i = 0; i < from.Length; i++)
        {
            var oddNumerator = (from[i] << 1) >>> 11 | Vector256<ulong>.One;      // 2k + 1
            var tail = Vector256.ConvertToDouble(oddNumerator.AsInt64()) * (1.0 / (1L << 54));
            to[i] = UpperQuantile(tail) | (from[i] & Vector256.Create(SignBit)).AsDouble();
        }
    }

    /// <summary>−Φ⁻¹(t) ≥ 0 in each lane, for 0 &lt; t ≤ ½.</summary>
    private static Vector256<double> UpperQuantile(Vector256<double> t)
    {
        var value = Central(Vector256.Create(0.5) - t);
        var isTail = Vector256.LessThan(t, Vector256.Create(TailLimit));
        if (isTail == default)
            return value;

        var r = Vector256.Sqrt(-NaturalLogarithm.Of(t));
        value = Vector256.ConditionalSelect(isTail, Near(r - Vector256.Create(1.6)), value);
        var isFar = Vector256.GreaterThan(r, Vector256.Create(FarLimit));
        return isFar == default ? value : Vector256.ConditionalSelect(isFar, Far(r - Vector256.Create(FarLimit)), value);
    }

    private static Vector256<double> Central(Vector256<double> q)
    {
        var x = Vector256.Create(0.180625) - q * q;
        return q * Polynomial(x, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3)
            / Polynomial(x, 1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
                2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3);
    }

    private static Vector256<double> Near(Vector256<double> x)
        => Polynomial(x, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
                1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4)
            / Polynomial(x, 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9);

    private static Vector256<double> Far(Vector256<double> x)
        => Polynomial(x, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
                2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)
            / Polynomial(x, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15);

    /// <summary>c₀ + x·(c₁ + x·(… + x·c₇)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Polynomial(
        Vector256<double> x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
    {
        var sum = x * c7 + Vector256.Create(c6);
        sum = sum * x + Vector256.Create(c5);
        sum = sum * x + Vector256.Create(c4);
        sum = sum * x + Vector256.Create(c3);
        sum = sum * x + Vector256.Create(c2);
        sum = sum * x + Vector256.Create(c1);
        return sum * x + Vector256.Create(c0);
    }
}
