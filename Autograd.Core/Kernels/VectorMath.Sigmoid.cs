using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>1/(1 + e⁻ˣ) = e/(1 + e) for negative x, where e = e^−|x|: no cancellation and no early flush to 0.</content>
internal static partial class VectorMath
{
    public static void Sigmoid<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<SigmoidFunction, T>(x, y);

    internal readonly struct SigmoidFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var e = Exp(-Vector512.Abs(x));
            return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), e, Vector512<T>.One) / (e + Vector512<T>.One);
        }
    }
}
