using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>Quotients that are whole, and what they leave. Operations check that no whole divisor is 0; kernels meet one all the same in the padding behind the elements.</summary>
internal static class Division
{
    /// <summary>y = a − b·trunc(a/b), exactly, with the sign of a (C's fmod; Fortran's MOD). Of floating-point numbers NaN for b = 0 or infinite a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Remainder<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = Remainder(a[i], b[i]);
        }
    }

    /// <summary>y = ⌊a/b⌋, such that a = y·b + r with r of b's sign or 0. Of floating-point numbers a/b for b = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Floor<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = Floor(a[i], b[i]);
        }
    }

    // The least whole number has no negative one: its quotient by −1 wraps round, as all arithmetic of whole numbers here does.
    private static T Remainder<T>(T a, T b)
        where T : unmanaged, INumber<T>
        => typeof(T) == typeof(long) && (b == -T.One || b == T.Zero) ? T.Zero : a % b;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Floor<T>(T a, T b)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(long) && (b == -T.One || b == T.Zero))
        {
            return -a;
        }

        if (b == T.Zero)
        {
            return a / b;
        }

        // (a − r)/b is whole but for rounding; so it is rounded to the nearest.
        var rest = Remainder(a, b);
        var quotient = (a - rest) / b;
        quotient -= rest != T.Zero && T.IsNegative(rest) != T.IsNegative(b) ? T.One : T.Zero;
        var fraction = quotient % T.One;
        var whole = quotient - fraction;
        whole += fraction + fraction > T.One ? T.One : fraction + fraction < -T.One ? -T.One : T.Zero;
        return whole == T.Zero ? T.CopySign(T.Zero, a / b) : whole;
    }
}
