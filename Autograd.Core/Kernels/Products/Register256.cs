using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autograd.Kernels;

/// <summary>256 bits.</summary>
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
    public static Vector256<T> InterleaveLow(Vector256<T> a, Vector256<T> b) =>
        Avx.IsSupported && Unsafe.SizeOf<T>() == sizeof(float) ? Avx.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx.IsSupported ? Avx.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>()
        : Vector256.Create(Register128<T>.InterleaveLow(a.GetLower(), b.GetLower()), Register128<T>.InterleaveLow(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveHigh(Vector256<T> a, Vector256<T> b) =>
        Avx.IsSupported && Unsafe.SizeOf<T>() == sizeof(float) ? Avx.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx.IsSupported ? Avx.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>()
        : Vector256.Create(Register128<T>.InterleaveHigh(a.GetLower(), b.GetLower()), Register128<T>.InterleaveHigh(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, ref T origin, nint index) => vector.StoreUnsafe(ref origin, (nuint)index);
}
