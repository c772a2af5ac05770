namespace Autograd.Tests.Kernels;

/// <summary>
/// What the kernels should yield. The functions made of exponentials and logarithms are evaluated in <see cref="DoubleDouble"/>,
/// since <c>double.ExpM1</c> and <c>double.LogP1</c> are not accurate near 0; the rest is System.Math, right to about one ULP.
/// Arguments at which the value is exact, infinite, undefined or out of range are dealt with by ordinary arithmetic.
/// </summary>
internal static class Reference
{
    private const double Tiny = 1e-290; // below it x + x² has no low part to speak of, and double-double products would underflow

    public static DoubleDouble Exp(double x) => Ordinary(x, -700, 700) ? DoubleDouble.Exp(x) : Math.Exp(x);

    public static DoubleDouble ExpM1(double x) =>
        Math.Abs(x) < Tiny ? x : x < -700 ? -1 : x < 709 ? DoubleDouble.ExpM1(x) : Math.Exp(x);

    public static DoubleDouble Log(double x)
    {
        if (!(x > 0) || double.IsInfinity(x)) return Math.Log(x);
        var exponent = Math.ILogB(x);
        if (Math.ScaleB(x, -exponent) > 1.4) exponent++;
        return DoubleDouble.LogP1(Math.ScaleB(x, -exponent) - 1) + DoubleDouble.Ln2 * exponent;
    }

    public static DoubleDouble LogP1(double x)
    {
        if (Math.Abs(x) < Tiny) return x;
        if (!(x > -1) || double.IsInfinity(x)) return Math.Log(1 + x);
        return x < 1 ? DoubleDouble.LogP1(x) : x < 1e100 ? Log(new DoubleDouble(x, 0) + 1) : Log(x);
    }

    public static DoubleDouble Sigmoid(double x) =>
        x < -709 || !Ordinary(x, -709, 700) ? x > 0 ? 1 : Math.Exp(x) : (DoubleDouble)1.0 / (DoubleDouble.Exp(-x) + 1);

    public static DoubleDouble Softplus(double x) =>
        double.IsNaN(x) ? x : x < -700 ? Math.Exp(x) : x > 700 ? x : x < 0 ? LogP1OfSmall(DoubleDouble.Exp(x)) : LogP1OfSmall(DoubleDouble.Exp(-x)) + x;

    public static DoubleDouble Tanh(double x)
    {
        if (Math.Abs(x) < Tiny || double.IsNaN(x)) return x;
        if (Math.Abs(x) > 40) return Math.Sign(x);
        var power = DoubleDouble.ExpM1(2 * x);
        return power / (power + 2);
    }

    public static DoubleDouble Sinh(double x)
    {
        if (Math.Abs(x) < Tiny || !Ordinary(x, -700, 700)) return Math.Sinh(x);
        var power = DoubleDouble.ExpM1(x);
        return (power + power / (power + 1)).Scale(-1);
    }

    public static DoubleDouble Cosh(double x) =>
        Ordinary(x, -700, 700) ? (DoubleDouble.Exp(x) + DoubleDouble.Exp(-x)).Scale(-1) : Math.Cosh(x);

    /// <summary>Kummer's series 2/√π·x·e^(−x²)·Σ (2x²)ⁿ/(2n + 1)!!, whose terms have one sign.</summary>
    public static DoubleDouble Erf(double x)
    {
        if (double.IsNaN(x) || x == 0) return x;
        if (Math.Abs(x) < 1e-150) return DoubleDouble.TwoOverSqrtPi * x;
        if (Math.Abs(x) >= 3) return Math.Abs(x) > 7 ? Math.Sign(x) : x > 0 ? 1 - Erfc(x) : Erfc(-x) - 1;
        var square = (DoubleDouble)x * x;
        DoubleDouble term = x;
        var sum = term;
        for (var n = 1; Math.Abs(term.High) > 1e-33 * Math.Abs(x); n++)
        {
            term = term * square.Scale(1) / (2.0 * n + 1);
            sum += term;
        }

        return DoubleDouble.TwoOverSqrtPi * sum * DoubleDouble.Exp(-square);
    }

    /// <summary>1 − erf x, and from 3 on e^(−x²)/√π / (x + ½/(x + 1/(x + 1½/(x + …)))). The exponential is halved against underflow.</summary>
    public static DoubleDouble Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        if (!(x >= 3)) return 1 - Erf(x);
        if (x > 28) return 0;
        DoubleDouble fraction = x;
        for (var n = 300; n > 0; n--) fraction = (DoubleDouble)(n * 0.5) / fraction + x;
        var half = DoubleDouble.Exp(((DoubleDouble)x * x).Scale(-1) * -1);
        return DoubleDouble.TwoOverSqrtPi.Scale(-1) / fraction * half * half;
    }

    public static DoubleDouble ReciprocalSqrt(double x)
    {
        if (!(x > 0) || double.IsInfinity(x)) return 1 / Math.Sqrt(x);
        var half = Math.ILogB(x) >> 1;
        return ((DoubleDouble)1.0 / DoubleDouble.Sqrt(Math.ScaleB(x, -2 * half))).Scale(-half);
    }

    public static DoubleDouble Hypot(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y) || (x == 0 && y == 0)) return double.Hypot(x, y);
        var exponent = Math.ILogB(Math.MaxMagnitude(x, y));
        DoubleDouble a = Math.ScaleB(x, -exponent);
        DoubleDouble b = Math.ScaleB(y, -exponent);
        return DoubleDouble.Sqrt(a * a + b * b).Scale(exponent);
    }

    private static DoubleDouble Log(DoubleDouble x)
    {
        var high = Log(x.High);
        return high + x.Low / x.High;
    }

    private static DoubleDouble LogP1OfSmall(DoubleDouble x) => x.High < Tiny ? x : DoubleDouble.LogP1(x);

    private static bool Ordinary(double x, double low, double high) => x >= low && x <= high;
}
