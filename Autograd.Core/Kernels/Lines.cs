using System.Runtime.CompilerServices;
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
}
