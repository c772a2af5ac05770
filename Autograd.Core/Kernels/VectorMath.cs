using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>
/// Elementwise functions from span to span where <c>TensorPrimitives</c> lacks the function, is not accurate to 4 ULP, gets a
/// special value wrong or lets neighbours change an element's bits (docs/decisions/0003-elementwise-kernels.md).
/// The result may be the argument's own span, or one that does not overlap it. Lengths are free: bits depend on the value alone.
/// </summary>
internal static partial class VectorMath
{
    /// <summary>y[i] = f(x[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TFunction, T>(ReadOnlySpan<T> x, Span<T> y)
        where TFunction : struct, ILaneFunction
        where T : unmanaged, INumber<T>
    {
        Debug.Assert(y.Length == x.Length, "the spans of an elementwise kernel have one length");
        ref var source = ref MemoryMarshal.GetReference(x);
        ref var target = ref MemoryMarshal.GetReference(y);
        var whole = x.Length - (x.Length % Vector512<T>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<T>.Count)
        {
            TFunction.Apply(Vector512.LoadUnsafe(ref source, i)).StoreUnsafe(ref target, i);
        }

        if (whole < x.Length) MapTail<TFunction, T>(x[whole..], y[whole..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MapTail<TFunction, T>(ReadOnlySpan<T> x, Span<T> y)
        where TFunction : struct, ILaneFunction
        where T : unmanaged, INumber<T>
    {
        Span<T> padded = stackalloc T[Vector512<T>.Count];
        padded.Clear();
        x.CopyTo(padded);
        TFunction.Apply(Vector512.Create<T>(padded)).CopyTo(padded);
        padded[..x.Length].CopyTo(y);
    }
}
