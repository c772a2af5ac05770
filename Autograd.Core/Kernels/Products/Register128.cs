using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Autograd.Kernels;

/// <summary>128 bits.</summary>
internal readonly struct Register128<T> : IRegister<Vector128<T>, T>
    where T : unmanaged
{
    public static int Count => Vector128<T>.Count;

    public static bool HasMany => AdvSimd.IsSupported;

    public static int Square => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T origin, nint index) => Vector128.LoadUnsafe(ref origin, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadParts(ref T line, nint pitch) => Vector128.LoadUnsafe(ref line);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(ref T origin, nint index) => Vector128.Create(Unsafe.Add(ref origin, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) =>
        typeof(T) == typeof(float) ? Vector128.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : typeof(T) == typeof(double) ? Vector128.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnSquares(ref Vector128<T> a, ref Vector128<T> b, ref Vector128<T> c, ref Vector128<T> d)
    {
        if (!Sse2.IsSupported)
        {
            TurnElsewhere(ref a, ref b, ref c, ref d);
        }
        else if (Unsafe.SizeOf<T>() == sizeof(float))
        {
            var (lowAC, highAC) = (Sse.UnpackLow(a.AsSingle(), c.AsSingle()), Sse.UnpackHigh(a.AsSingle(), c.AsSingle()));
            var (lowBD, highBD) = (Sse.UnpackLow(b.AsSingle(), d.AsSingle()), Sse.UnpackHigh(b.AsSingle(), d.AsSingle()));
            (a, b) = (Sse.UnpackLow(lowAC, lowBD).As<float, T>(), Sse.UnpackHigh(lowAC, lowBD).As<float, T>());
            (c, d) = (Sse.UnpackLow(highAC, highBD).As<float, T>(), Sse.UnpackHigh(highAC, highBD).As<float, T>());
        }
        else
        {
            (a, b) = (Sse2.UnpackLow(a.AsDouble(), b.AsDouble()).As<double, T>(), Sse2.UnpackHigh(a.AsDouble(), b.AsDouble()).As<double, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnParts(ref Vector128<T> a, ref Vector128<T> b, ref Vector128<T> c, ref Vector128<T> d)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, ref T origin, nint index) => vector.StoreUnsafe(ref origin, (nuint)index);

    /// <summary>On other machines than x64.</summary>
    private static void TurnElsewhere(ref Vector128<T> a, ref Vector128<T> b, ref Vector128<T> c, ref Vector128<T> d)
    {
        if (Unsafe.SizeOf<T>() == sizeof(float))
        {
            var ((lowAC, highAC), (lowBD, highBD)) = (Zip(a, c), Zip(b, d));
            ((a, b), (c, d)) = (Zip(lowAC, lowBD), Zip(highAC, highBD));
        }
        else
        {
            (a, b) = Zip(a, b);
        }
    }

    /// <summary>The elements of both in turn.</summary>
    private static (Vector128<T> Low, Vector128<T> High) Zip(Vector128<T> a, Vector128<T> b) =>
        AdvSimd.Arm64.IsSupported && Unsafe.SizeOf<T>() == sizeof(float)
            ? (AdvSimd.Arm64.ZipLow(a.AsSingle(), b.AsSingle()).As<float, T>(), AdvSimd.Arm64.ZipHigh(a.AsSingle(), b.AsSingle()).As<float, T>())
        : AdvSimd.Arm64.IsSupported
            ? (AdvSimd.Arm64.ZipLow(a.AsDouble(), b.AsDouble()).As<double, T>(), AdvSimd.Arm64.ZipHigh(a.AsDouble(), b.AsDouble()).As<double, T>())
        : Unsafe.SizeOf<T>() == sizeof(float)
            ? (Vector128.Create(a.AsUInt32()[0], b.AsUInt32()[0], a.AsUInt32()[1], b.AsUInt32()[1]).As<uint, T>(), Vector128.Create(a.AsUInt32()[2], b.AsUInt32()[2], a.AsUInt32()[3], b.AsUInt32()[3]).As<uint, T>())
            : (Vector128.Create(a.AsUInt64()[0], b.AsUInt64()[0]).As<ulong, T>(), Vector128.Create(a.AsUInt64()[1], b.AsUInt64()[1]).As<ulong, T>());
}
