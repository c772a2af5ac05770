using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>eˣ − 1, accurate near 0. The sign is the argument's, also that of a zero.</content>
internal static partial class VectorMath
{
    public static void ExpM1<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<ExpM1Function, T>(x, y);

    internal readonly struct ExpM1Function : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T> => Lanes.CopySign(ExpM1(x, out _), x);
    }
}
