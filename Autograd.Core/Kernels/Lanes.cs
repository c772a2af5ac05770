using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autograd.Kernels;

/// <summary>
/// What <see cref="Vector512"/> lacks to write a function once for float and double. Everything inlines; the tests of the
/// element type fold away. Without 512-bit registers the vectors run as two halves and yield the same bits.
/// </summary>
internal static class Lanes
{
    // 1.5·2^(number of stored significand bits): adding it leaves an integer of up to ±2²¹ in the low bits of the significand.
    private const float RounderSingle = 12582912f;
    private const double RounderDouble = 6755399441055744d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Constant<T>(float single, double twice)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Vector512.Create(single).As<float, T>() : Vector512.Create(twice).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Constant<T>(double value)
        where T : unmanaged => Constant<T>((float)value, value);

    /// <summary>a·b + c, rounded once on every machine (unlike an estimate).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
        where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    /// <summary>a·b + c of single numbers, for floating-point ones rounded once as in vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd<T>(T a, T b, T c)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            return Unsafe.BitCast<float, T>(MathF.FusedMultiplyAdd(Unsafe.BitCast<T, float>(a), Unsafe.BitCast<T, float>(b), Unsafe.BitCast<T, float>(c)));
        }

        return typeof(T) == typeof(double)
            ? Unsafe.BitCast<double, T>(Math.FusedMultiplyAdd(Unsafe.BitCast<T, double>(a), Unsafe.BitCast<T, double>(b), Unsafe.BitCast<T, double>(c)))
            : (a * b) + c;
    }

    /// <summary>The integer nearest to a·b, for |a·b| below 2²¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> RoundProduct<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged
    {
        var rounder = Constant<T>(RounderSingle, RounderDouble);
        return MultiplyAdd(a, b, rounder) - rounder;
    }

    /// <summary>2ⁿ for integers n from the least exponent of T to one above the greatest, where it is infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PowerOfTwo<T>(Vector512<T> n)
        where T : unmanaged
    {
        var shifted = n + Constant<T>(RounderSingle, RounderDouble);
        return typeof(T) == typeof(float)
            ? ((shifted.As<T, int>() << 23) + Vector512.Create(1f).AsInt32()).As<int, T>()
            : ((shifted.As<T, long>() << 52) + Vector512.Create(1d).AsInt64()).As<long, T>();
    }

    /// <summary>x = 2ᵏ·m with √½ ≤ m &lt; √2, for positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Split<T>(Vector512<T> x, out Vector512<T> k)
        where T : unmanaged
    {
        var rounder = Constant<T>(RounderSingle, RounderDouble);
        var low = Constant<T>(0.7071067811865476);
        if (typeof(T) == typeof(float))
        {
            var exponent = (x.As<T, int>() - low.As<T, int>()) >> 23;
            k = (exponent + rounder.As<T, int>()).As<int, T>() - rounder;
            return (x.As<T, int>() - (exponent << 23)).As<int, T>();
        }
        else
        {
            var exponent = (x.As<T, long>() - low.As<T, long>()) >> 52;
            k = (exponent + rounder.As<T, long>()).As<long, T>() - rounder;
            return (x.As<T, long>() - (exponent << 52)).As<long, T>();
        }
    }

    /// <summary>
    /// x·2ⁿ, rounded once also where it is denormal. The general way takes two steps, since 2ⁿ by itself may leave the range of T
    /// where the product does not; for |x| in [½, 2] both give the same bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Scale<T>(Vector512<T> x, Vector512<T> n)
        where T : unmanaged
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? Avx512F.Scale(x.As<T, float>(), n.As<T, float>()).As<float, T>()
                : Avx512F.Scale(x.As<T, double>(), n.As<T, double>()).As<double, T>();
        }

        var half = RoundProduct(n, Constant<T>(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>The smaller of a bound and x; NaN where x is: the second operand decides on x64, either one on Arm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtMost<T>(Vector512<T> x, Vector512<T> bound)
        where T : unmanaged => Vector512.MinNative(bound, x);

    /// <summary>The greater of a bound and x; NaN where x is, as in <see cref="AtMost"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtLeast<T>(Vector512<T> x, Vector512<T> bound)
        where T : unmanaged => Vector512.MaxNative(bound, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> CopySign<T>(Vector512<T> magnitude, Vector512<T> sign)
        where T : unmanaged => Vector512.ConditionalSelect(Constant<T>(-0f, -0d), sign, magnitude);

    /// <summary>All bits of the lanes where the integer n is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> IsOdd<T>(Vector512<T> n)
        where T : unmanaged
    {
        var shifted = n + Constant<T>(RounderSingle, RounderDouble);
        return typeof(T) == typeof(float)
            ? ((shifted.As<T, int>() << 31) >> 31).As<int, T>()
            : ((shifted.As<T, long>() << 63) >> 63).As<long, T>();
    }

    /// <summary>The sign bit of the lanes where ⌊n/2⌋ is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SignOfHalf<T>(Vector512<T> n)
        where T : unmanaged
    {
        var shifted = n + Constant<T>(RounderSingle, RounderDouble);
        return Constant<T>(-0f, -0d)
            & (typeof(T) == typeof(float) ? (shifted.As<T, int>() << 30).As<int, T>() : (shifted.As<T, long>() << 62).As<long, T>());
    }

    /// <summary>The elements of a table whose numbers are the lowest four bits of the indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LookUp(Vector512<float> table, Vector512<int> index)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.PermuteVar16x32(table, index);
        }

        return Avx2.IsSupported
            ? Vector512.Create(LookUp(table, index.GetLower()), LookUp(table, index.GetUpper()))
            : LookUpOneByOne(table, index);
    }

    // Bit 3, brought to the sign, says which half of the table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LookUp(Vector512<float> table, Vector256<int> index) => Avx.BlendVariable(
        Avx2.PermuteVar8x32(table.GetLower(), index), Avx2.PermuteVar8x32(table.GetUpper(), index), (index << 28).AsSingle());

    private static Vector512<float> LookUpOneByOne(Vector512<float> table, Vector512<int> index)
    {
        var found = Vector512<float>.Zero;
        for (var lane = 0; lane < Vector512<float>.Count; lane++) found = found.WithElement(lane, table.GetElement(index.GetElement(lane) & 15));
        return found;
    }
}
