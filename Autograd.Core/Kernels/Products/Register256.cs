using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autograd.Kernels;

/// <summary>256 bits, of x64 machines that have them.</summary>
internal readonly struct Register256<T> : IRegister<Vector256<T>, T>
    where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    public static bool HasMany => false;

    public static int Square => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(ref T origin, nint index) => Vector256.LoadUnsafe(ref origin, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadParts(ref T line, nint pitch) => Vector256.Create(Vector128.LoadUnsafe(ref line), Vector128.LoadUnsafe(ref line, (nuint)pitch));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(ref T origin, nint index) => Vector256.Create(Unsafe.Add(ref origin, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        typeof(T) == typeof(float) ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : typeof(T) == typeof(double) ? Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnSquares(ref Vector256<T> a, ref Vector256<T> b, ref Vector256<T> c, ref Vector256<T> d)
    {
        if (Unsafe.SizeOf<T>() == sizeof(float))
        {
            var (lowAC, highAC) = (Avx.UnpackLow(a.AsSingle(), c.AsSingle()), Avx.UnpackHigh(a.AsSingle(), c.AsSingle()));
            var (lowBD, highBD) = (Avx.UnpackLow(b.AsSingle(), d.AsSingle()), Avx.UnpackHigh(b.AsSingle(), d.AsSingle()));
            (a, b) = (Avx.UnpackLow(lowAC, lowBD).As<float, T>(), Avx.UnpackHigh(lowAC, lowBD).As<float, T>());
            (c, d) = (Avx.UnpackLow(highAC, highBD).As<float, T>(), Avx.UnpackHigh(highAC, highBD).As<float, T>());
        }
        else
        {
            (a, b) = (Avx.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>(), Avx.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnParts(ref Vector256<T> a, ref Vector256<T> b, ref Vector256<T> c, ref Vector256<T> d)
    {
        var first = Vector256.Create(a.GetLower(), b.GetLower());
        b = Avx.Permute2x128(a.AsSingle(), b.AsSingle(), 0x31).As<float, T>();
        a = first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, ref T origin, nint index) => vector.StoreUnsafe(ref origin, (nuint)index);
}
