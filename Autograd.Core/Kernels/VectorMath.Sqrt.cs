using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>√x, an instruction, rounded correctly.</content>
internal static partial class VectorMath
{
    public static void Sqrt<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<SqrtFunction, T>(x, y);

    internal readonly struct SqrtFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T> => Vector512.Sqrt(x);
    }
}
