using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>sinh x = ½(m + m/(m + 1)) with m = eˣ − 1, and ½eˣ where the rest is below rounding.</content>
internal static partial class VectorMath
{
    public static void Sinh<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<SinhFunction, T>(x, y);

    internal readonly struct SinhFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var magnitude = Vector512.Abs(x);
            var m = ExpM1(magnitude, out var quarterExp);
            var near = Lanes.Constant<T>(0.5) * (m + m / (m + Vector512<T>.One));
            var far = quarterExp + quarterExp;
            var value = Vector512.ConditionalSelect(Vector512.GreaterThan(magnitude, Lanes.Constant<T>(20)), far, near);
            return Lanes.CopySign(value, x);
        }
    }
}
