using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>x₁ ⊕ x₂ ⊕ … of a run, for an associative ⊕. The order is a function of the length alone: eight vectors of partial results side by side,
/// which are then folded in halves, so that processors of any vector width yield the same bits.</summary>
internal static class Folding
{
    /// <summary>Elements that are folded as one run; of more, runs are folded, and then their results.</summary>
    public const int LongestRun = 1024;

    /// <summary>Σ x; 0 of nothing.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T> => x.IsEmpty ? T.Zero : Fold<Sum, T>(x);

    /// <summary>The greatest x; NaN if there is one. The run is not empty.</summary>
    public static T Max<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T> => Fold<Greater, T>(x);

    /// <summary>The smallest x; NaN if there is one. The run is not empty.</summary>
    public static T Min<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T> => Fold<Smaller, T>(x);

    /// <summary>Σ x of a run of any length, in blocks whose sums are added up in double precision, so that rounding errors do not grow with the length.</summary>
    public static T LongSum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length <= LongestRun)
        {
            return Sum(x);
        }

        var sum = 0.0;
        for (; !x.IsEmpty; x = x[Math.Min(LongestRun, x.Length)..])
        {
            sum += double.CreateTruncating(Sum(x[..Math.Min(LongestRun, x.Length)]));
        }

        return T.CreateTruncating(sum);
    }

    /// <summary>x₁ ⊕ x₂ ⊕ … of a run that is not empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Fold<TFunction, T>(ReadOnlySpan<T> x)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
        => FoldInline<TFunction, T>(x);

    /// <summary>The fold of each row: y[i] of row i of a length that is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows<TFunction, T>(ReadOnlySpan<T> rows, int length, Span<T> y)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < y.Length; i++) y[i] = FoldInline<TFunction, T>(rows.Slice(i * length, length));
    }

    /// <summary>The fold down the columns of some rows as long as the result, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns<TFunction, T>(ReadOnlySpan<T> rows, int count, Span<T> y)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        Debug.Assert(count > 0 && rows.Length >= count * y.Length, "rows as long as the result");
        ref var first = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(y);
        var (width, length, end) = ((nuint)Vector512<T>.Count, (nuint)y.Length, (nuint)y.Length * (nuint)count);
        nuint i = 0;
        for (; i + (4 * width) <= length; i += 4 * width)
        {
            var v0 = Vector512.LoadUnsafe(ref first, i);
            var v1 = Vector512.LoadUnsafe(ref first, i + width);
            var v2 = Vector512.LoadUnsafe(ref first, i + (2 * width));
            var v3 = Vector512.LoadUnsafe(ref first, i + (3 * width));
            for (var at = i + length; at < end; at += length)
            {
                v0 = TFunction.Apply(v0, Vector512.LoadUnsafe(ref first, at));
                v1 = TFunction.Apply(v1, Vector512.LoadUnsafe(ref first, at + width));
                v2 = TFunction.Apply(v2, Vector512.LoadUnsafe(ref first, at + (2 * width)));
                v3 = TFunction.Apply(v3, Vector512.LoadUnsafe(ref first, at + (3 * width)));
            }

            v0.StoreUnsafe(ref target, i);
            v1.StoreUnsafe(ref target, i + width);
            v2.StoreUnsafe(ref target, i + (2 * width));
            v3.StoreUnsafe(ref target, i + (3 * width));
        }

        for (; i + width <= length; i += width)
        {
            var v = Vector512.LoadUnsafe(ref first, i);
            for (var at = i + length; at < end; at += length) v = TFunction.Apply(v, Vector512.LoadUnsafe(ref first, at));
            v.StoreUnsafe(ref target, i);
        }

        for (; i < length; i++)
        {
            var sum = Unsafe.Add(ref first, i);
            for (var at = i + length; at < end; at += length) sum = TFunction.Apply(sum, Unsafe.Add(ref first, at));
            Unsafe.Add(ref target, i) = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FoldInline<TFunction, T>(ReadOnlySpan<T> x)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        Debug.Assert(!x.IsEmpty, "nothing to fold");
        ref var first = ref MemoryMarshal.GetReference(x);
        var width = (nuint)Vector512<T>.Count;
        var length = (nuint)x.Length;
        if (length < width)
        {
            return FoldElements<TFunction, T>(x[0], x[1..]);
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
                v0 = TFunction.Apply(v0, Vector512.LoadUnsafe(ref first, i));
                v1 = TFunction.Apply(v1, Vector512.LoadUnsafe(ref first, i + width));
                v2 = TFunction.Apply(v2, Vector512.LoadUnsafe(ref first, i + (2 * width)));
                v3 = TFunction.Apply(v3, Vector512.LoadUnsafe(ref first, i + (3 * width)));
                v4 = TFunction.Apply(v4, Vector512.LoadUnsafe(ref first, i + (4 * width)));
                v5 = TFunction.Apply(v5, Vector512.LoadUnsafe(ref first, i + (5 * width)));
                v6 = TFunction.Apply(v6, Vector512.LoadUnsafe(ref first, i + (6 * width)));
                v7 = TFunction.Apply(v7, Vector512.LoadUnsafe(ref first, i + (7 * width)));
            }

            v0 = TFunction.Apply(TFunction.Apply(TFunction.Apply(v0, v1), TFunction.Apply(v2, v3)), TFunction.Apply(TFunction.Apply(v4, v5), TFunction.Apply(v6, v7)));
        }

        for (; i + width <= length; i += width) v0 = TFunction.Apply(v0, Vector512.LoadUnsafe(ref first, i));
        return FoldElements<TFunction, T>(Lanes<TFunction, T>(v0), x[(int)i..]);
    }

    /// <summary>The lanes of a vector folded in halves: lane i with lane i + 8, then with i + 4, …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Lanes<TFunction, T>(Vector512<T> v)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        v = TFunction.Apply(v, Vector512.Create(v.GetUpper(), v.GetUpper()));
        v = TFunction.Apply(v, Widened(v.GetLower().GetUpper()));
        var quarter = v.GetLower().GetLower();
        v = TFunction.Apply(v, Widened(Vector128.Shuffle(quarter.AsInt64(), Vector128.Create(1L, 1L)).As<long, T>()));
        if (Unsafe.SizeOf<T>() == sizeof(float))
        {
            quarter = v.GetLower().GetLower();
            v = TFunction.Apply(v, Widened(Vector128.Shuffle(quarter.AsInt32(), Vector128.Create(1, 1, 1, 1)).As<int, T>()));
        }

        return v.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Widened<T>(Vector128<T> quarter)
        where T : unmanaged
        => Vector512.Create(Vector256.Create(quarter, quarter), Vector256.Create(quarter, quarter));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FoldElements<TFunction, T>(T start, ReadOnlySpan<T> x)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        foreach (var element in x) start = TFunction.Apply(start, element);
        return start;
    }
}
