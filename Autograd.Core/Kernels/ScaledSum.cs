using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>a + b·factor, for floating-point numbers rounded once.</summary>
internal static class ScaledSum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> a, Vector512<T> b, Vector512<T> factor)
        where T : unmanaged, INumber<T>
        => typeof(T) == typeof(float) || typeof(T) == typeof(double) ? Lanes.MultiplyAdd(b, factor, a) : a + (b * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b, T factor)
        where T : unmanaged, INumber<T> => Lanes.MultiplyAdd(b, factor, a);

    /// <summary>y[i] = a[i] + b[i]·factor. The result may be an argument's own span, or one that does not overlap it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TA, TB, T>(TA a, TB b, T factor, Span<T> y)
        where TA : struct, IArgument<T>, allows ref struct
        where TB : struct, IArgument<T>, allows ref struct
        where T : unmanaged, INumber<T>
    {
        ref var target = ref MemoryMarshal.GetReference(y);
        var factors = Vector512.Create(factor);
        var whole = y.Length - (y.Length % Vector512<T>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<T>.Count) Apply(a.Vector(i), b.Vector(i), factors).StoreUnsafe(ref target, i);
        for (var i = whole; i < y.Length; i++) y[i] = Apply(a.Element(i), b.Element(i), factor);
    }
}
