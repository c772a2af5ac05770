using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>
/// What the exponential functions share: x = n·ln 2 + r with |r| ≤ ½ ln 2 and p = eʳ − 1, so that eˣ = 2ⁿ(1 + p).
/// ln 2 is split in two so that n times the first part, and with it the first difference, is exact.
/// </content>
internal static partial class VectorMath
{
    /// <summary>p = eʳ − 1 with its full relative accuracy, and n; for |x| below 1000 or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> ReducedExpM1<T>(Vector512<T> x, out Vector512<T> n)
        where T : unmanaged
    {
        n = Lanes.RoundProduct(x, Lanes.Constant<T>(1.4426950408889634));
        var r = Lanes.MultiplyAdd(n, Lanes.Constant<T>(-0.693145751953125f, -0.6931471805598903), x);
        r = Lanes.MultiplyAdd(n, Lanes.Constant<T>(-1.4286068203094173e-06f, -5.497923018708371e-14), r);
        return Lanes.MultiplyAdd(r * r, Polynomials.ExpRemainder(r), r);
    }

    /// <summary>eˣ; beyond the bounds it has become 0 or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Exp<T>(Vector512<T> x)
        where T : unmanaged
    {
        var bounded = Lanes.AtMost(Lanes.AtLeast(x, Lanes.Constant<T>(-105f, -747d)), Lanes.Constant<T>(89f, 710d));
        var p = ReducedExpM1(bounded, out var n);
        return Lanes.Scale(Vector512<T>.One + p, n);
    }

    /// <summary>eˣ − 1 = 4(¼2ⁿ·p + (¼2ⁿ − ¼)), and p itself where n = 0; also a quarter of eˣ, which overflows later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> ExpM1<T>(Vector512<T> x, out Vector512<T> quarterExp)
        where T : unmanaged
    {
        var bounded = Lanes.AtMost(Lanes.AtLeast(x, Lanes.Constant<T>(-40)), Lanes.Constant<T>(89.5f, 710.6));
        var p = ReducedExpM1(bounded, out var n);
        var quarter = Lanes.PowerOfTwo(n - Lanes.Constant<T>(2));
        quarterExp = Lanes.MultiplyAdd(quarter, p, quarter);
        var general = Lanes.MultiplyAdd(quarter, p, quarter - Lanes.Constant<T>(0.25)) * Lanes.Constant<T>(4);
        return Vector512.ConditionalSelect(Vector512.Equals(n, Vector512<T>.Zero), p, general);
    }
}
