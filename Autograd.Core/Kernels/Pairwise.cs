using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>y[i] = f(a[i], b[i]): the one loop of all functions of two arguments, compiled at full optimization from its first call.</summary>
internal static class Pairwise
{
    /// <summary>Applies a function along two arguments. The result may be an argument's own span, or one that does not overlap it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TFunction, TA, TB, T>(TA a, TB b, Span<T> y)
        where TFunction : struct, IPairFunction
        where TA : struct, IArgument<T>, allows ref struct
        where TB : struct, IArgument<T>, allows ref struct
        where T : unmanaged, INumber<T>
    {
        if (y.Length < Vector512<T>.Count)
        {
            for (var k = 0; k < y.Length; k++) y[k] = TFunction.Apply(a.Element(k), b.Element(k));
            return;
        }

        ref var target = ref MemoryMarshal.GetReference(y);
        var width = (nuint)Vector512<T>.Count;
        var last = (nuint)y.Length - width;

        // The last vector may overlap the one before: it is computed before the result overwrites an argument.
        var end = TFunction.Apply(a.Vector(last), b.Vector(last));
        nuint i = 0;
        for (; i + (3 * width) < last; i += 4 * width)
        {
            var y0 = TFunction.Apply(a.Vector(i), b.Vector(i));
            var y1 = TFunction.Apply(a.Vector(i + width), b.Vector(i + width));
            var y2 = TFunction.Apply(a.Vector(i + (2 * width)), b.Vector(i + (2 * width)));
            var y3 = TFunction.Apply(a.Vector(i + (3 * width)), b.Vector(i + (3 * width)));
            y0.StoreUnsafe(ref target, i);
            y1.StoreUnsafe(ref target, i + width);
            y2.StoreUnsafe(ref target, i + (2 * width));
            y3.StoreUnsafe(ref target, i + (3 * width));
        }

        for (; i < last; i += width) TFunction.Apply(a.Vector(i), b.Vector(i)).StoreUnsafe(ref target, i);
        end.StoreUnsafe(ref target, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map<TFunction, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        Debug.Assert(a.Length >= y.Length && b.Length >= y.Length, "an argument of an elementwise kernel is as long as its result");
        Map<TFunction, Run<T>, Run<T>, T>(new(a), new(b), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map<TFunction, T>(ReadOnlySpan<T> a, T b, Span<T> y)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        Debug.Assert(a.Length >= y.Length, "an argument of an elementwise kernel is as long as its result");
        Map<TFunction, Run<T>, Number<T>, T>(new(a), new(b), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map<TFunction, T>(T a, ReadOnlySpan<T> b, Span<T> y)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        Debug.Assert(b.Length >= y.Length, "an argument of an elementwise kernel is as long as its result");
        Map<TFunction, Number<T>, Run<T>, T>(new(a), new(b), y);
    }
}
