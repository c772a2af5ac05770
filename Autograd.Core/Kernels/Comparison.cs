using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>
/// Elementwise comparisons of two spans of one length. A NaN equals nothing, not even itself, and is in no order.
/// </summary>
internal static class Comparison
{
    internal interface IRelation
    {
        static abstract bool Holds<T>(T a, T b)
            where T : unmanaged, INumber<T>;

        /// <summary>All bits of a lane where the relation holds, none where it does not.</summary>
        static abstract Vector512<T> Mask<T>(Vector512<T> a, Vector512<T> b)
            where T : unmanaged, INumber<T>;
    }

    /// <summary>y[i] = whether a[i] and b[i] are so related.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compare<TRelation, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y)
        where TRelation : struct, IRelation
        where T : unmanaged, INumber<T>
    {
        Debug.Assert(a.Length == y.Length && b.Length == y.Length, "the spans of an elementwise kernel have one length");
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var target = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(y));
        var whole = Vector512<T>.IsSupported && Unsafe.SizeOf<T>() is 4 or 8 ? y.Length - (y.Length % Vector512<byte>.Count) : 0;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<byte>.Count)
        {
            (BytesOfMasks<TRelation, T>(ref left, ref right, i) & Vector512<byte>.One).StoreUnsafe(ref target, i);
        }

        for (var i = whole; i < y.Length; i++) y[i] = TRelation.Holds(a[i], b[i]);
    }

    /// <summary>The masks of 64 elements, narrowed to a byte each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> BytesOfMasks<TRelation, T>(ref T left, ref T right, nuint start)
        where TRelation : struct, IRelation
        where T : unmanaged, INumber<T>
    {
        var first = Words<TRelation, T>(ref left, ref right, start);
        var second = Words<TRelation, T>(ref left, ref right, start + 16);
        var third = Words<TRelation, T>(ref left, ref right, start + 32);
        var fourth = Words<TRelation, T>(ref left, ref right, start + 48);
        return Vector512.Narrow(Vector512.Narrow(first, second), Vector512.Narrow(third, fourth));
    }

    /// <summary>The masks of 16 elements, in 32 bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Words<TRelation, T>(ref T left, ref T right, nuint start)
        where TRelation : struct, IRelation
        where T : unmanaged, INumber<T>
    {
        var low = TRelation.Mask(Vector512.LoadUnsafe(ref left, start), Vector512.LoadUnsafe(ref right, start));
        if (Unsafe.SizeOf<T>() == 4) return low.AsUInt32();
        var high = TRelation.Mask(Vector512.LoadUnsafe(ref left, start + 8), Vector512.LoadUnsafe(ref right, start + 8));
        return Vector512.Narrow(low.AsUInt64(), high.AsUInt64());
    }

    internal readonly struct EqualRelation : IRelation
    {
        public static bool Holds<T>(T a, T b)
            where T : unmanaged, INumber<T> => a == b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Mask<T>(Vector512<T> a, Vector512<T> b)
            where T : unmanaged, INumber<T> => Vector512.Equals(a, b);
    }

    internal readonly struct NotEqualRelation : IRelation
    {
        public static bool Holds<T>(T a, T b)
            where T : unmanaged, INumber<T> => a != b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Mask<T>(Vector512<T> a, Vector512<T> b)
            where T : unmanaged, INumber<T> => ~Vector512.Equals(a, b);
    }

    internal readonly struct LessRelation : IRelation
    {
        public static bool Holds<T>(T a, T b)
            where T : unmanaged, INumber<T> => a < b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Mask<T>(Vector512<T> a, Vector512<T> b)
            where T : unmanaged, INumber<T> => Vector512.LessThan(a, b);
    }

    internal readonly struct LessOrEqualRelation : IRelation
    {
        public static bool Holds<T>(T a, T b)
            where T : unmanaged, INumber<T> => a <= b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Mask<T>(Vector512<T> a, Vector512<T> b)
            where T : unmanaged, INumber<T> => Vector512.LessThanOrEqual(a, b);
    }

    internal readonly struct GreaterRelation : IRelation
    {
        public static bool Holds<T>(T a, T b)
            where T : unmanaged, INumber<T> => a > b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Mask<T>(Vector512<T> a, Vector512<T> b)
            where T : unmanaged, INumber<T> => Vector512.GreaterThan(a, b);
    }

    internal readonly struct GreaterOrEqualRelation : IRelation
    {
        public static bool Holds<T>(T a, T b)
            where T : unmanaged, INumber<T> => a >= b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Mask<T>(Vector512<T> a, Vector512<T> b)
            where T : unmanaged, INumber<T> => Vector512.GreaterThanOrEqual(a, b);
    }
}
