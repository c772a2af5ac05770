using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>tanh x = m/(m + 2) with m = e²ˣ − 1, which is accurate near 0; 1 to the last bit beyond the bound.</content>
internal static partial class VectorMath
{
    public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<TanhFunction, T>(x, y);

    internal readonly struct TanhFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var m = ExpM1(Lanes.AtMost(Vector512.Abs(x), Lanes.Constant<T>(10f, 20d)) * Lanes.Constant<T>(2), out _);
            return Lanes.CopySign(m / (m + Lanes.Constant<T>(2)), x);
        }
    }
}
