using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autograd.Kernels;

/// <summary>512 bits.</summary>
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
    public static Vector512<T> InterleaveLow(Vector512<T> a, Vector512<T> b) =>
        Avx512F.IsSupported && Unsafe.SizeOf<T>() == sizeof(float) ? Avx512F.UnpackLow(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.IsSupported ? Avx512F.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>()
        : Vector512.Create(Register256<T>.InterleaveLow(a.GetLower(), b.GetLower()), Register256<T>.InterleaveLow(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveHigh(Vector512<T> a, Vector512<T> b) =>
        Avx512F.IsSupported && Unsafe.SizeOf<T>() == sizeof(float) ? Avx512F.UnpackHigh(a.AsSingle(), b.AsSingle()).As<float, T>()
        : Avx512F.IsSupported ? Avx512F.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>()
        : Vector512.Create(Register256<T>.InterleaveHigh(a.GetLower(), b.GetLower()), Register256<T>.InterleaveHigh(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, ref T origin, nint index) => vector.StoreUnsafe(ref origin, (nuint)index);
}
