using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>
/// Logarithms to the bases e, 2 and 10: with x = 2ᵏ·m, k·log 2 + log m, each in its base. log 2 is split in two so that k times
/// the first part is exact; log₂ is exact for powers of two.
/// </content>
internal static partial class VectorMath
{
    public static void Log<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<LogFunction, T>(x, y);

    public static void Log2<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<Log2Function, T>(x, y);

    public static void Log10<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<Log10Function, T>(x, y);

    /// <summary>k and log m; denormal numbers are scaled to normal ones first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> LogParts<T>(Vector512<T> x, out Vector512<T> k)
        where T : unmanaged
    {
        var denormal = Vector512.LessThan(x, Lanes.Constant<T>(1.17549435e-38f, 2.2250738585072014e-308));
        var normal = Vector512.ConditionalSelect(denormal, x * Lanes.Constant<T>(16777216f, 18014398509481984d), x);
        var m = Lanes.Split(normal, out k);
        k -= denormal & Lanes.Constant<T>(24f, 54d);
        return LogOfSignificand(m - Vector512<T>.One);
    }

    internal readonly struct LogFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var log = LogParts(x, out var k);
            log = Lanes.MultiplyAdd(k, Lanes.Constant<T>(1.4286068203094173e-06f, 5.497923018708371e-14), log);
            return LogarithmAtEdges(x, Lanes.MultiplyAdd(k, Lanes.Constant<T>(0.693145751953125f, 0.6931471805598903), log));
        }
    }

    internal readonly struct Log2Function : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var log = LogParts(x, out var k);
            return LogarithmAtEdges(x, Lanes.MultiplyAdd(log, Lanes.Constant<T>(1.4426950408889634), k));
        }
    }

    internal readonly struct Log10Function : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var log = LogParts(x, out var k) * Lanes.Constant<T>(0.4342944819032518);
            log = Lanes.MultiplyAdd(k, Lanes.Constant<T>(4.605038981195214e-06f, 1.42050232272661e-13), log);
            return LogarithmAtEdges(x, Lanes.MultiplyAdd(k, Lanes.Constant<T>(0.301025390625f, 0.30102999566383914), log));
        }
    }
}
