using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>eˣ.</content>
internal static partial class VectorMath
{
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<ExpFunction, T>(x, y);

    internal readonly struct ExpFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T> => Exp(x);
    }
}
