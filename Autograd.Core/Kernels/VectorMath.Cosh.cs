using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>cosh x = h + 1/(4h) with h = ½e^|x|, which overflows no earlier than the result.</content>
internal static partial class VectorMath
{
    public static void Cosh<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<CoshFunction, T>(x, y);

    internal readonly struct CoshFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            _ = ExpM1(Vector512.Abs(x), out var quarterExp);
            var h = quarterExp + quarterExp;
            return h + Lanes.Constant<T>(0.25) / h;
        }
    }
}
