using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autograd.Kernels;

/// <summary>512 bits, of x64 machines that have them.</summary>
internal readonly struct Register512<T> : IRegister<Vector512<T>, T>
    where T : unmanaged
{
    public static int Count => Vector512<T>.Count;

    public static bool HasMany => true;

    public static int Square => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ref T origin, nint index) => Vector512.LoadUnsafe(ref origin, (nuint)index);

    // Vector512.Create would insert both halves into what the register held before, and wait for that.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadParts(ref T line, nint pitch)
        => Register256<T>.LoadParts(ref line, pitch).ToVector512Unsafe().WithUpper(Register256<T>.LoadParts(ref Unsafe.Add(ref line, 2 * pitch), pitch));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(ref T origin, nint index) => Vector512.Create(Unsafe.Add(ref origin, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) =>
        typeof(T) == typeof(float) ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : typeof(T) == typeof(double) ? Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnSquares(ref Vector512<T> a, ref Vector512<T> b, ref Vector512<T> c, ref Vector512<T> d)
    {
        if (Unsafe.SizeOf<T>() == sizeof(float))
        {
            var (lowAC, highAC) = (Avx512F.UnpackLow(a.AsSingle(), c.AsSingle()), Avx512F.UnpackHigh(a.AsSingle(), c.AsSingle()));
            var (lowBD, highBD) = (Avx512F.UnpackLow(b.AsSingle(), d.AsSingle()), Avx512F.UnpackHigh(b.AsSingle(), d.AsSingle()));
            (a, b) = (Avx512F.UnpackLow(lowAC, lowBD).As<float, T>(), Avx512F.UnpackHigh(lowAC, lowBD).As<float, T>());
            (c, d) = (Avx512F.UnpackLow(highAC, highBD).As<float, T>(), Avx512F.UnpackHigh(highAC, highBD).As<float, T>());
        }
        else
        {
            (a, b) = (Avx512F.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>(), Avx512F.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnParts(ref Vector512<T> a, ref Vector512<T> b, ref Vector512<T> c, ref Vector512<T> d)
    {
        // Bits 0 to 3 of the pattern choose two parts of the first register, bits 4 to 7 two of the second.
        var (firstAB, lastAB) = (Avx512F.Shuffle4x128(a.AsSingle(), b.AsSingle(), 0b_01_00_01_00), Avx512F.Shuffle4x128(a.AsSingle(), b.AsSingle(), 0b_11_10_11_10));
        var (firstCD, lastCD) = (Avx512F.Shuffle4x128(c.AsSingle(), d.AsSingle(), 0b_01_00_01_00), Avx512F.Shuffle4x128(c.AsSingle(), d.AsSingle(), 0b_11_10_11_10));
        a = Avx512F.Shuffle4x128(firstAB, firstCD, 0b_10_00_10_00).As<float, T>();
        b = Avx512F.Shuffle4x128(firstAB, firstCD, 0b_11_01_11_01).As<float, T>();
        c = Avx512F.Shuffle4x128(lastAB, lastCD, 0b_10_00_10_00).As<float, T>();
        d = Avx512F.Shuffle4x128(lastAB, lastCD, 0b_11_01_11_01).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, ref T origin, nint index) => vector.StoreUnsafe(ref origin, (nuint)index);
}
