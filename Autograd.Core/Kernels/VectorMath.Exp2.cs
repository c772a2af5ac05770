using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>2ˣ: x = n + r exactly, then 2ʳ = e^(r·ln 2).</content>
internal static partial class VectorMath
{
    public static void Exp2<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<Exp2Function, T>(x, y);

    internal readonly struct Exp2Function : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var bounded = Lanes.AtMost(Lanes.AtLeast(x, Lanes.Constant<T>(-152f, -1077d)), Lanes.Constant<T>(128f, 1024d));
            var n = Lanes.RoundProduct(bounded, Vector512<T>.One);
            var r = (bounded - n) * Lanes.Constant<T>(0.6931471805599453);
            return Lanes.Scale(Vector512<T>.One + Lanes.MultiplyAdd(r * r, Polynomials.ExpRemainder(r), r), n);
        }
    }
}
