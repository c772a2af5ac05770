using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>log(1 + eˣ) = max(x, 0) + log(1 + e), e = e^−|x|: neither term overflows or cancels. From √2 on, 1 + e = 2(1 + (e − 1)/2).</content>
internal static partial class VectorMath
{
    public static void Softplus<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<SoftplusFunction, T>(x, y);

    internal readonly struct SoftplusFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var e = Exp(-Vector512.Abs(x));
            var upper = Vector512.GreaterThan(e, Lanes.Constant<T>(0.41421356237309503));
            var f = Vector512.ConditionalSelect(upper, (e - Vector512<T>.One) * Lanes.Constant<T>(0.5), e);
            var log = (upper & Lanes.Constant<T>(0.6931471805599453)) + LogOfSignificand(f);
            return Lanes.AtLeast(x, Vector512<T>.Zero) + log;
        }
    }
}
