using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>tanh: in pieces in single precision, else m/(m + 2) with m = e²ˣ − 1, which is accurate near 0; 1 to the last bit beyond the bound.</content>
internal static partial class VectorMath
{
    public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<TanhFunction, T>(x, y);

    internal readonly struct TanhFunction : ILaneFunction, ISaturating
    {
        public static float Width => 0.5625f;

        /// <inheritdoc/>
        /// <remarks>Where the function is 1 to 1 ULP.</remarks>
        public static float Bound => 8.7f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Quotient(Vector512<float> t, Vector512<int> piece, out Vector512<float> middle) => Polynomials.TanhOverXInPieces(t, piece, out middle);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            if (typeof(T) == typeof(float))
            {
                return Saturating.Apply<TanhFunction>(x.As<T, float>()).As<float, T>();
            }

            var m = ExpM1(Lanes.AtMost(Vector512.Abs(x), Lanes.Constant<T>(20)) * Lanes.Constant<T>(2), out _);
            return Lanes.CopySign(m / (m + Lanes.Constant<T>(2)), x);
        }
    }
}
