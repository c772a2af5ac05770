using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Elementwise choice between two spans.</summary>
internal static class Selection
{
    /// <summary>y = a where the condition holds, b elsewhere, bit for bit. The result may be a's or b's own span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Select<T>(ReadOnlySpan<bool> condition, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged
    {
        Debug.Assert(
            condition.Length == y.Length && a.Length == y.Length && b.Length == y.Length,
            "the spans of an elementwise kernel have one length");
        ref var test = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(condition));
        ref var left = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(a));
        ref var right = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(b));
        ref var target = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(y));
        var width = Vector512<byte>.Count / Unsafe.SizeOf<T>();
        var whole = Unsafe.SizeOf<T>() is 4 or 8 ? y.Length - (y.Length % width) : 0;
        for (var i = 0; i < whole; i += width)
        {
            var offset = (nuint)(i * (long)Unsafe.SizeOf<T>());
            var chosen = Vector512.ConditionalSelect(
                Mask<T>(ref Unsafe.Add(ref test, i)), Vector512.LoadUnsafe(ref left, offset), Vector512.LoadUnsafe(ref right, offset));
            chosen.StoreUnsafe(ref target, offset);
        }

        for (var i = whole; i < y.Length; i++) y[i] = condition[i] ? a[i] : b[i];
    }

    /// <summary>All bits of a lane of T where the condition's byte is not 0: 16 or 8 of them, widened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Mask<T>(ref byte condition)
    {
        if (Unsafe.SizeOf<T>() == 4)
        {
            var (low, high) = Vector256.Widen(Widened(Vector128.LoadUnsafe(ref condition)));
            return ~Vector512.Equals(Vector512.Create(low, high), Vector512<uint>.Zero).AsByte();
        }

        var eight = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref condition)).AsByte();
        var (first, second) = Vector256.Widen(Vector256.WidenLower(Widened(eight)));
        return ~Vector512.Equals(Vector512.Create(first, second), Vector512<ulong>.Zero).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Widened(Vector128<byte> bytes)
    {
        var (low, high) = Vector128.Widen(bytes);
        return Vector256.Create(low, high);
    }
}
