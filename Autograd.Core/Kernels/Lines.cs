using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Short lines of elements, for which a call would cost more than the work.</summary>
internal static class Lines
{
    /// <summary>to[i] = from[i], in the widest registers that the line fills; the last one overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(ref T from, ref T to, nint count)
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated && count >= Vector512<T>.Count)
        {
            var last = count - Vector512<T>.Count;
            for (nint i = 0; i < last; i += Vector512<T>.Count)
            {
                Vector512.LoadUnsafe(ref from, (nuint)i).StoreUnsafe(ref to, (nuint)i);
            }

            Vector512.LoadUnsafe(ref from, (nuint)last).StoreUnsafe(ref to, (nuint)last);
        }
        else if (count >= Vector256<T>.Count)
        {
            var last = count - Vector256<T>.Count;
            for (nint i = 0; i < last; i += Vector256<T>.Count)
            {
                Vector256.LoadUnsafe(ref from, (nuint)i).StoreUnsafe(ref to, (nuint)i);
            }

            Vector256.LoadUnsafe(ref from, (nuint)last).StoreUnsafe(ref to, (nuint)last);
        }
        else if (count >= Vector128<T>.Count)
        {
            var last = count - Vector128<T>.Count;
            Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
            Vector128.LoadUnsafe(ref from, (nuint)last).StoreUnsafe(ref to, (nuint)last);
        }
        else
        {
            for (nint i = 0; i < count; i++)
            {
                Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
            }
        }
    }

    /// <summary>to[i] = from[step·i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take<T>(ReadOnlySpan<T> from, int step, ref T to, nint count)
        where T : unmanaged
    {
        ref var first = ref MemoryMarshal.GetReference(from);
        if (step == 1)
        {
            Copy(ref first, ref to, count);
            return;
        }

        nint i = 0;
        if (step == 2 && Unsafe.SizeOf<T>() == sizeof(float) && Vector256.IsHardwareAccelerated && count >= Vector256<T>.Count)
        {
            // Only what lies between the elements may be read with them, and nothing behind the last one.
            var last = Math.Min(count, from.Length / 2) - Vector256<T>.Count;
            for (; i < last; i += Vector256<T>.Count)
            {
                LowerOfPairs(ref first, i).StoreUnsafe(ref to, (nuint)i);
            }

            if (last >= 0)
            {
                LowerOfPairs(ref first, last).StoreUnsafe(ref to, (nuint)last);
                i = last + Vector256<T>.Count;
            }
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) = Unsafe.Add(ref first, i * step);
        }
    }

    /// <summary>to[step·i] = from[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread<T>(ReadOnlySpan<T> from, ref T to, int step)
        where T : unmanaged
    {
        nint i = 0;
        ref var first = ref MemoryMarshal.GetReference(from);
        if (step == 2 && Unsafe.SizeOf<T>() == sizeof(int) && Vector256.IsHardwareAccelerated)
        {
            // What lies between is written as it was; nothing behind the last element is.
            for (; i + Vector128<T>.Count < from.Length; i += Vector128<T>.Count)
            {
                ref var pairs = ref Unsafe.As<T, ulong>(ref Unsafe.Add(ref to, 2 * i));
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)i).AsUInt32());
                var kept = Vector256.LoadUnsafe(ref pairs) & Vector256.Create(0xFFFFFFFF00000000);
                (Vector256.Create(low, high) | kept).StoreUnsafe(ref pairs);
            }
        }

        for (; i < from.Length; i++)
        {
            Unsafe.Add(ref to, i * step) = Unsafe.Add(ref first, i);
        }
    }

    /// <summary>Elements [i, i + 16) of from[step·i] for a step of 1, or of 2 of elements of four bytes; with a step of 2, an element more is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load<TStep, T>(ref T from, nint i)
        where TStep : struct, ISize
        where T : unmanaged
    {
        if (TStep.Value == 1)
        {
            return Vector512.LoadUnsafe(ref from, (nuint)i);
        }

        var (low, high) = (Vector512.LoadUnsafe(ref from, (nuint)(2 * i)), Vector512.LoadUnsafe(ref from, (nuint)((2 * i) + Vector512<T>.Count)));
        return Vector512.Narrow(low.AsUInt64(), high.AsUInt64()).As<uint, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> LowerOfPairs<T>(ref T from, nint pair)
        where T : unmanaged
    {
        var (low, high) = (Vector256.LoadUnsafe(ref from, (nuint)(2 * pair)), Vector256.LoadUnsafe(ref from, (nuint)((2 * pair) + Vector256<T>.Count)));
        return Vector256.Narrow(low.AsUInt64(), high.AsUInt64()).As<uint, T>();
    }
}
