using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>
/// What the logarithms share. With s = f/(2 + f), log(1 + f) = 2·artanh s = 2s + s·R(s²), written so that the leading term f
/// is exact: log(1 + f) = f − (½f² − s(½f² + R)), since 2s = f − s·f and s·f = ½f² − ½s·f².
/// </content>
internal static partial class VectorMath
{
    /// <summary>log(1 + f) for √½ ≤ 1 + f ≤ √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LogOfSignificand<T>(Vector512<T> f)
        where T : unmanaged
    {
        var s = f / (f + Lanes.Constant<T>(2));
        var z = s * s;
        var halfSquare = Lanes.Constant<T>(0.5) * f * f;
        var rest = Lanes.MultiplyAdd(z, Polynomials.LogRemainder(z), halfSquare);
        return f - Lanes.MultiplyAdd(-s, rest, halfSquare);
    }

    /// <summary>
    /// log(1 + x) = k·ln 2 + log(1 + f), where 1 + x = u + c exactly (Knuth's sum), u = 2ᵏ·m and 1 + f = m + c/2ᵏ.
    /// Above 2⁶⁴ c does not matter any more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LogP1<T>(Vector512<T> x)
        where T : unmanaged
    {
        var one = Vector512<T>.One;
        var u = one + x;
        var added = u - one;
        var c = (one - (u - added)) + (x - added);
        var m = Lanes.Split(u, out var k);
        var f = Vector512.ConditionalSelect(Vector512.Equals(k, Vector512<T>.Zero), x, (m - one) + c * Lanes.PowerOfTwo(-Lanes.AtMost(k, Lanes.Constant<T>(64))));
        var value = Lanes.MultiplyAdd(k, Lanes.Constant<T>(0.6931471805599453), LogOfSignificand(f));
        return Lanes.CopySign(LogarithmAtEdges(x, value, -one), x);
    }

    /// <summary>A logarithm's values where its argument is infinite, on the pole, beyond it, or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LogarithmAtEdges<T>(Vector512<T> x, Vector512<T> value, Vector512<T> pole = default)
        where T : unmanaged
    {
        var infinity = Lanes.Constant<T>(float.PositiveInfinity, double.PositiveInfinity);
        var inside = Vector512.ConditionalSelect(Vector512.Equals(x, infinity), infinity, value);
        var outside = Vector512.ConditionalSelect(Vector512.Equals(x, pole), -infinity, Lanes.Constant<T>(float.NaN, double.NaN));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, pole), inside, outside);
    }
}
