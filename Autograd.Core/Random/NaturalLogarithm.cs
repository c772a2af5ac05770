using System.Runtime.Intrinsics;

namespace Autograd;

/// <summary>
/// ln x by + − × ÷ on IEEE doubles and by integer operations on their bits, so that its bits are the same on every platform
/// (the logarithms of the mathematical libraries differ in the last bit). Within 1 unit in the last place.
/// </summary>
/// <remarks>
/// x = 2ᵉ·(1 + f) with √½ ≤ 1 + f &lt; √2, and ln x = e·ln 2 + ln(1 + f) with ln 2 in two parts, the first short enough for exact
/// products (W. J. Cody, W. Waite, "Software manual for the elementary functions", 1980). With s = f/(2 + f),
/// ln(1 + f) = 2 artanh s = 2s + sR, R = s²·(2/3 + s²·(2/5 + …)), and because 2s = f − f²/2 + s·f²/2, the rounding errors stay
/// with small terms in ln(1 + f) = f − (f²/2 − s·(f²/2 + R)). |s| ≤ 0.1716, so the first term left out, 2s²³/23, is below
/// 2⁻⁶⁰ of the sum.
/// </remarks>
internal static class NaturalLogarithm
{
    private const double LogTwoHigh = 0.6931471805592082;         // ⌊2⁴⁰ ln 2⌋ / 2⁴⁰
    private const double LogTwoLow = 7.371002565167799e-13;       // ln 2 − LogTwoHigh
    private const double LeastNormal = 2.2250738585072014e-308;   // 2⁻¹⁰²²
    private const double TwoTo54 = 1L << 54;
    private const int FractionBits = 52;
    private const int ExponentBias = 1023;
    private const long BitsOfOne = (long)ExponentBias << FractionBits;
    private const long BitsOfRootHalf = 0x3FE6A09E667F3BCD;

    /// <summary>ln <paramref name="x"/> in each lane.</summary>
    /// <param name="x">Positive and finite; subnormal numbers too.</param>
    public static Vector256<double> Of(Vector256<double> x)
    {
        var subnormal = Vector256.LessThan(x, Vector256.Create(LeastNormal));
        x = Vector256.ConditionalSelect(subnormal, x * TwoTo54, x);
        var bits = x.AsInt64();
        var biased = (bits + Vector256.Create(BitsOfOne - BitsOfRootHalf)) >>> FractionBits;
        var exponent = biased - Vector256.Create((long)ExponentBias);
        var f = (bits - (exponent << FractionBits)).AsDouble() - Vector256<double>.One;
        var e = Vector256.ConvertToDouble(exponent) - Vector256.ConditionalSelect(subnormal, Vector256.Create(54.0), Vector256<double>.Zero);

        var s = f / (f + Vector256.Create(2.0));
        var halfSquare = f * f * 0.5;
        var correction = halfSquare - (s * (halfSquare + Remainder(s * s)) + e * LogTwoLow);
        return e * LogTwoHigh - (correction - f);
    }

    /// <summary>R(z) = 2z/3 + 2z²/5 + … + 2z¹⁰/21.</summary>
    private static Vector256<double> Remainder(Vector256<double> z)
    {
        var sum = Vector256.Create(2.0 / 21);
        sum = sum * z + Vector256.Create(2.0 / 19);
        sum = sum * z + Vector256.Create(2.0 / 17);
        sum = sum * z + Vector256.Create(2.0 / 15);
        sum = sum * z + Vector256.Create(2.0 / 13);
        sum = sum * z + Vector256.Create(2.0 / 11);
        sum = sum * z + Vector256.Create(2.0 / 9);
        sum = sum * z + Vector256.Create(2.0 / 7);
        sum = sum * z + Vector256.Create(2.0 / 5);
        sum = sum * z + Vector256.Create(2.0 / 3);
        return sum * z;
    }
}
