using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>One element, where the machine has no vectors, and for sums that stand alone.</summary>
internal readonly struct ScalarRegister<T> : IRegister<T, T>
    where T : unmanaged, INumber<T>
{
    public static int Count => 1;

    public static bool HasMany => false;

    public static int Square => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(ref T origin, nint index) => Unsafe.Add(ref origin, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LoadParts(ref T line, nint pitch) => line;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Broadcast(ref T origin, nint index) => Unsafe.Add(ref origin, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T a, T b, T c)
    {
        if (typeof(T) == typeof(float))
        {
            return (T)(object)float.FusedMultiplyAdd((float)(object)a, (float)(object)b, (float)(object)c);
        }

        return typeof(T) == typeof(double)
            ? (T)(object)double.FusedMultiplyAdd((double)(object)a, (double)(object)b, (double)(object)c)
            : unchecked((a * b) + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add(T a, T b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnSquares(ref T a, ref T b, ref T c, ref T d)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnParts(ref T a, ref T b, ref T c, ref T d)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T vector, ref T origin, nint index) => Unsafe.Add(ref origin, index) = vector;
}
