using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>
/// sin, cos and tan. |x| = n·π/2 + r with |r| ≤ π/4 by the method of Cody and Waite (1980), π/2 in three parts: with fused
/// multiply-adds the first difference is exact. Elements too large for that are evaluated one by one; their neighbours do not
/// notice, unlike those of <c>TensorPrimitives</c>.
/// </content>
internal static partial class VectorMath
{
    private const int CircularLimit = 1 << 17;

    public static void Sin<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<SinFunction, T>(x, y);

    public static void Cos<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<CosFunction, T>(x, y);

    public static void Tan<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<TanFunction, T>(x, y);

    private interface ICircularFunction
    {
        static abstract T Apply<T>(T x)
            where T : IBinaryFloatingPointIeee754<T>;
    }

    /// <summary>n, sin r and cos r for x ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Reduce<T>(Vector512<T> x, out Vector512<T> sine, out Vector512<T> cosine)
        where T : unmanaged
    {
        var n = Lanes.RoundProduct(x, Lanes.Constant<T>(0.6366197723675814));
        var r = Lanes.MultiplyAdd(-n, Lanes.Constant<T>(1.57079637f, 1.5707963267948966), x);
        r = Lanes.MultiplyAdd(-n, Lanes.Constant<T>(-4.37113883e-08f, 6.123233995736766e-17), r);
        r = Lanes.MultiplyAdd(-n, Lanes.Constant<T>(-1.71512451e-15f, -1.4973849048591698e-33), r);
        var z = r * r;
        sine = Lanes.MultiplyAdd(r * z, Polynomials.SineRemainder(z), r);
        cosine = Lanes.MultiplyAdd(z, Lanes.MultiplyAdd(z, Polynomials.CosineRemainder(z), Lanes.Constant<T>(-0.5)), Vector512<T>.One);
        return n;
    }

    /// <summary>The value, except where the magnitude of x is beyond the reduction (or x is NaN): there the scalar function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> WithinReduction<TFunction, T>(Vector512<T> x, Vector512<T> magnitude, Vector512<T> value)
        where TFunction : struct, ICircularFunction
        where T : unmanaged, INumber<T> =>
        Vector512.LessThanOrEqualAll(magnitude, Lanes.Constant<T>(CircularLimit)) ? value : Patched<TFunction, T>(x, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<T> Patched<TFunction, T>(Vector512<T> x, Vector512<T> value)
        where TFunction : struct, ICircularFunction
        where T : unmanaged, INumber<T>
    {
        return typeof(T) == typeof(float)
            ? PatchedLanes<TFunction, float>(x.As<T, float>(), value.As<T, float>()).As<float, T>()
            : PatchedLanes<TFunction, double>(x.As<T, double>(), value.As<T, double>()).As<double, T>();
    }

    private static Vector512<T> PatchedLanes<TFunction, T>(Vector512<T> x, Vector512<T> value)
        where TFunction : struct, ICircularFunction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var limit = T.CreateTruncating(CircularLimit);
        for (var lane = 0; lane < Vector512<T>.Count; lane++)
        {
            var element = x.GetElement(lane);
            if (!(T.Abs(element) <= limit)) value = value.WithElement(lane, TFunction.Apply(element));
        }

        return value;
    }

    internal readonly struct SinFunction : ILaneFunction, ICircularFunction
    {
        public static T Apply<T>(T x)
            where T : IBinaryFloatingPointIeee754<T> => T.Sin(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var magnitude = Vector512.Abs(x);
            var n = Reduce(magnitude, out var sine, out var cosine);
            var value = Vector512.ConditionalSelect(Lanes.IsOdd(n), cosine, sine);
            var sign = Lanes.SignOfHalf(n) ^ (x ^ magnitude);
            return WithinReduction<SinFunction, T>(x, magnitude, value ^ sign);
        }
    }

    internal readonly struct CosFunction : ILaneFunction, ICircularFunction
    {
        public static T Apply<T>(T x)
            where T : IBinaryFloatingPointIeee754<T> => T.Cos(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var magnitude = Vector512.Abs(x);
            var n = Reduce(magnitude, out var sine, out var cosine);
            var value = Vector512.ConditionalSelect(Lanes.IsOdd(n), sine, cosine);
            return WithinReduction<CosFunction, T>(x, magnitude, value ^ Lanes.SignOfHalf(n + Vector512<T>.One));
        }
    }

    internal readonly struct TanFunction : ILaneFunction, ICircularFunction
    {
        public static T Apply<T>(T x)
            where T : IBinaryFloatingPointIeee754<T> => T.Tan(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var magnitude = Vector512.Abs(x);
            var odd = Lanes.IsOdd(Reduce(magnitude, out var sine, out var cosine));
            var value = Vector512.ConditionalSelect(odd, -cosine, sine) / Vector512.ConditionalSelect(odd, sine, cosine);
            return WithinReduction<TanFunction, T>(x, magnitude, value ^ (x ^ magnitude));
        }
    }
}
