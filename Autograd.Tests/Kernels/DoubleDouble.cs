using System.Runtime.InteropServices;

namespace Autograd.Tests.Kernels;

/// <summary>
/// An unevaluated sum High + Low of two doubles, about 106 significant bits: the yardstick for kernels in double.
/// Sums and products by the error-free transformations of Dekker (1971) and Knuth, the product with a fused multiply-add.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DoubleDouble(double High, double Low)
{
    // The double nearest to the number, then the one nearest to the rest.
    public static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);
    public static readonly DoubleDouble TwoOverSqrtPi = new(1.1283791670955126, 1.533545961316588e-17);

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High + value.Low;

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var sum = TwoSum(a.High, b.High);
        var low = TwoSum(a.Low, b.Low);
        var carried = Renormalise(sum.High, sum.Low + low.High);
        return Renormalise(carried.High, carried.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = a.High * b.High;
        var error = Math.FusedMultiplyAdd(a.High, b.High, -product);
        return Renormalise(product, error + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - b * first;
        var second = rest.High / b.High;
        rest -= b * second;
        return Renormalise(first, second) + rest.High / b.High;
    }

    public DoubleDouble Scale(int exponent) => new(Math.ScaleB(High, exponent), Math.ScaleB(Low, exponent));

    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        var root = Math.Sqrt(x.High);
        return root is 0 or double.PositiveInfinity || double.IsNaN(root) ? root : Renormalise(root, ((x - (DoubleDouble)root * root) / (2 * root)).High);
    }

    /// <summary>eˣ − 1: x = k·ln 2 + r, the Taylor series at r/512, then nine times p ← p(2 + p).</summary>
    public static DoubleDouble ExpM1(DoubleDouble x)
    {
        var k = (int)Math.Round(x.High / Ln2.High);
        var p = ExpM1Reduced(x - Ln2 * k);
        return k == 0 ? p : p.Scale(k) + ((DoubleDouble)1.0).Scale(k) - 1;
    }

    public static DoubleDouble Exp(DoubleDouble x)
    {
        var k = (int)Math.Round(x.High / Ln2.High);
        return (ExpM1Reduced(x - Ln2 * k) + 1).Scale(k);
    }

    /// <summary>log(1 + x): one Newton step from an approximation, y ← y + (x − expm1 y)/(1 + expm1 y).</summary>
    public static DoubleDouble LogP1(DoubleDouble x)
    {
        var u = 1 + x.High;
        var start = u == 1 ? x.High : Math.Log(u) * (x.High / (u - 1));
        DoubleDouble y = start;
        for (var step = 0; step < 2; step++)
        {
            var power = ExpM1(y);
            y += (x - power) / (power + 1);
        }

        return y;
    }

    private static DoubleDouble ExpM1Reduced(DoubleDouble r)
    {
        r = r.Scale(-9);
        DoubleDouble p = 0.0;
        for (var n = 9; n >= 1; n--) p = (p + 1) * r / n;
        for (var n = 0; n < 9; n++) p *= p + 2;
        return p;
    }

    private static DoubleDouble TwoSum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return new(sum, (a - (sum - part)) + (b - part));
    }

    private static DoubleDouble Renormalise(double a, double b)
    {
        var sum = a + b;
        return double.IsFinite(sum) ? new(sum, b - (sum - a)) : new(sum, 0);
    }
}
