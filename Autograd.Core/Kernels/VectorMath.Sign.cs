using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>−1, 0 or 1; +0 for both zeros; NaN for NaN.</content>
internal static partial class VectorMath
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sign<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        Debug.Assert(y.Length == x.Length, "the spans of an elementwise kernel have one length");
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var whole = Vector512<T>.IsSupported ? x.Length - (x.Length % Vector512<T>.Count) : 0;
        var one = Vector512<T>.One;
        var zero = Vector512<T>.Zero;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<T>.Count)
        {
            var value = Vector512.LoadUnsafe(ref source, i);
            var notPositive = Vector512.ConditionalSelect(Vector512.LessThan(value, zero), zero - one, value + zero);
            Vector512.ConditionalSelect(Vector512.GreaterThan(value, zero), one, notPositive).StoreUnsafe(ref target, i);
        }

        for (var i = whole; i < x.Length; i++)
        {
            y[i] = x[i] > T.Zero ? T.One : x[i] < T.Zero ? T.Zero - T.One : x[i] + T.Zero;
        }
    }
}
