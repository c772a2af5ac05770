using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>a + b.</summary>
internal readonly struct Sum : IFoldFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged, INumber<T> => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => a + b;

    public static T Identity<T>()
        where T : unmanaged, INumber<T> => -T.Zero;
}

/// <summary>a − b.</summary>
internal readonly struct Difference : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged, INumber<T> => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => a - b;
}

/// <summary>a · b.</summary>
internal readonly struct Product : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged, INumber<T> => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => a * b;
}

/// <summary>a / b.</summary>
internal readonly struct Quotient : IPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged, INumber<T> => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => a / b;
}

/// <summary>The greater of each pair; NaN where either is.</summary>
internal readonly struct Greater : IFoldFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged, INumber<T> => Vector512.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => T.Max(a, b);

    public static T Identity<T>()
        where T : unmanaged, INumber<T> => T.CreateSaturating(double.NegativeInfinity);
}

/// <summary>The smaller of each pair; NaN where either is.</summary>
internal readonly struct Smaller : IFoldFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Apply<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged, INumber<T> => Vector512.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => T.Min(a, b);

    public static T Identity<T>()
        where T : unmanaged, INumber<T> => T.CreateSaturating(double.PositiveInfinity);
}
