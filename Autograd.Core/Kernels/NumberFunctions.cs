using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>x.</summary>
internal readonly struct Identity : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> x)
        where T : unmanaged, INumber<T> => x;
}

/// <summary>−x.</summary>
internal readonly struct Negative : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> x)
        where T : unmanaged, INumber<T> => -x;
}

/// <summary>|x|; the least whole number stays itself.</summary>
internal readonly struct Absolute : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> x)
        where T : unmanaged, INumber<T> => Vector512.Abs(x);
}

/// <summary>1/x.</summary>
internal readonly struct Inverse : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> x)
        where T : unmanaged, INumber<T> => Vector512<T>.One / x;
}

/// <summary>1/√x, rounded twice.</summary>
internal readonly struct InverseRoot : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> x)
        where T : unmanaged, INumber<T> => Vector512<T>.One / Vector512.Sqrt(x);
}

/// <summary>max(x, 0); NaN where x is.</summary>
internal readonly struct Rectified : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> x)
        where T : unmanaged, INumber<T> => Vector512.Max(x, Vector512<T>.Zero);
}

/// <summary>−1, 0 or 1; +0 for both zeros; NaN for NaN.</summary>
internal readonly struct Signum : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> x)
        where T : unmanaged, INumber<T>
    {
        var zero = Vector512<T>.Zero;
        var notPositive = Vector512.ConditionalSelect(Vector512.LessThan(x, zero), zero - Vector512<T>.One, x + zero);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, zero), Vector512<T>.One, notPositive);
    }
}
