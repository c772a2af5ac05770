using System.Numerics;

namespace Autograd.Tests.Kernels;

/// <summary>Errors in units in the last place of the exact value, and what went wrong beyond rounding.</summary>
internal static class Ulp
{
    /// <summary>
    /// |actual − expected| in ULP of the expected value in T; infinite where a NaN, an infinity or the sign of a zero is wrong.
    /// </summary>
    public static double Error<T>(T actual, DoubleDouble expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var target = T.CreateTruncating((double)expected);
        if (T.IsNaN(actual) || T.IsNaN(target)) return T.IsNaN(actual) && T.IsNaN(target) ? 0 : double.PositiveInfinity;
        if (T.IsInfinity(actual) || T.IsInfinity(target)) return actual == target ? 0 : double.PositiveInfinity;
        if (expected.High == 0) return actual == T.Zero && T.IsNegative(actual) == double.IsNegative(expected.High) ? 0 : double.PositiveInfinity;
        if (T.IsZero(actual) && T.IsNegative(actual) != double.IsNegative(expected.High)) return double.PositiveInfinity;
        var magnitude = T.Abs(target);
        var unit = magnitude == Largest<T>() ? magnitude - T.BitDecrement(magnitude) : T.BitIncrement(magnitude) - magnitude;
        var difference = double.CreateChecked(actual) - expected.High - expected.Low;
        return Math.Abs(difference) / double.CreateChecked(unit);
    }

    private static T Largest<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.BitDecrement(T.PositiveInfinity);
}
