using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>x₁ ⊕ x₂ ⊕ … of a run, for an associative ⊕. The order is a function of the length alone: eight vectors of partial results side by side,
/// which are then folded in halves, so that processors of any vector width yield the same bits.</summary>
internal static class Folding
{
    /// <summary>Σ x; 0 of nothing.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T> => x.IsEmpty ? T.Zero : Fold(default(Arithmetic.Sum<T>), x);

    /// <summary>The greatest x; NaN if there is one. The run is not empty.</summary>
    public static T Max<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T> => Fold(default(Arithmetic.Greater<T>), x);

    /// <summary>The smallest x; NaN if there is one. The run is not empty.</summary>
    public static T Min<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T> => Fold(default(Arithmetic.Smaller<T>), x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Fold<TFunction, T>(TFunction f, ReadOnlySpan<T> x)
        where TFunction : struct, IPairFunction<T>
        where T : unmanaged
    {
        Debug.Assert(!x.IsEmpty, "nothing to fold");
        ref var first = ref MemoryMarshal.GetReference(x);
        var width = (nuint)Vector512<T>.Count;
        var length = (nuint)x.Length;
        if (length < width)
        {
            return FoldElements(f, x[0], x[1..]);
        }

        var v0 = Vector512.LoadUnsafe(ref first);
        var i = width;
        if (length >= 8 * width)
        {
            var v1 = Vector512.LoadUnsafe(ref first, width);
            var v2 = Vector512.LoadUnsafe(ref first, 2 * width);
            var v3 = Vector512.LoadUnsafe(ref first, 3 * width);
            var v4 = Vector512.LoadUnsafe(ref first, 4 * width);
            var v5 = Vector512.LoadUnsafe(ref first, 5 * width);
            var v6 = Vector512.LoadUnsafe(ref first, 6 * width);
            var v7 = Vector512.LoadUnsafe(ref first, 7 * width);
            for (i = 8 * width; i + (8 * width) <= length; i += 8 * width)
            {
                v0 = f.Apply(v0, Vector512.LoadUnsafe(ref first, i));
                v1 = f.Apply(v1, Vector512.LoadUnsafe(ref first, i + width));
                v2 = f.Apply(v2, Vector512.LoadUnsafe(ref first, i + (2 * width)));
                v3 = f.Apply(v3, Vector512.LoadUnsafe(ref first, i + (3 * width)));
                v4 = f.Apply(v4, Vector512.LoadUnsafe(ref first, i + (4 * width)));
                v5 = f.Apply(v5, Vector512.LoadUnsafe(ref first, i + (5 * width)));
                v6 = f.Apply(v6, Vector512.LoadUnsafe(ref first, i + (6 * width)));
                v7 = f.Apply(v7, Vector512.LoadUnsafe(ref first, i + (7 * width)));
            }

            v0 = f.Apply(f.Apply(f.Apply(v0, v1), f.Apply(v2, v3)), f.Apply(f.Apply(v4, v5), f.Apply(v6, v7)));
        }

        for (; i + width <= length; i += width) v0 = f.Apply(v0, Vector512.LoadUnsafe(ref first, i));
        return FoldElements(f, FoldLanes(f, v0), x[(int)i..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FoldLanes<TFunction, T>(TFunction f, Vector512<T> v)
        where TFunction : struct, IPairFunction<T>
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector512<T>.Count];
        v.CopyTo(lanes);
        for (var half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (var k = 0; k < half; k++) lanes[k] = f.Apply(lanes[k], lanes[k + half]);
        }

        return lanes[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FoldElements<TFunction, T>(TFunction f, T start, ReadOnlySpan<T> x)
        where TFunction : struct, IPairFunction<T>
        where T : unmanaged
    {
        foreach (var element in x) start = f.Apply(start, element);
        return start;
    }
}
