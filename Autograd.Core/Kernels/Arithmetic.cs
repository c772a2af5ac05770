using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Sums, differences, products, quotients and the like, from runs or numbers to a run. The result may be an argument's own span.</summary>
internal static class Arithmetic
{
    public static void Add<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Sum<T>), a, b, y);

    public static void Add<T>(ReadOnlySpan<T> a, T b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Sum<T>), a, b, y);

    public static void Subtract<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Difference<T>), a, b, y);

    public static void Subtract<T>(ReadOnlySpan<T> a, T b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Difference<T>), a, b, y);

    public static void Subtract<T>(T a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Difference<T>), a, b, y);

    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Product<T>), a, b, y);

    public static void Multiply<T>(ReadOnlySpan<T> a, T b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Product<T>), a, b, y);

    public static void Divide<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Quotient<T>), a, b, y);

    public static void Divide<T>(ReadOnlySpan<T> a, T b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Quotient<T>), a, b, y);

    public static void Divide<T>(T a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Quotient<T>), a, b, y);

    /// <summary>The greater of each pair; NaN where either is.</summary>
    public static void Max<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Greater<T>), a, b, y);

    /// <inheritdoc cref="Max{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Max<T>(ReadOnlySpan<T> a, T b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Greater<T>), a, b, y);

    /// <summary>The smaller of each pair; NaN where either is.</summary>
    public static void Min<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Smaller<T>), a, b, y);

    /// <inheritdoc cref="Min{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Min<T>(ReadOnlySpan<T> a, T b, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(default(Smaller<T>), a, b, y);

    /// <summary>a + b·factor, rounded once.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, T factor, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(new ScaledSum<T>(factor), a, b, y);

    /// <inheritdoc cref="AddScaled{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, T, Span{T})"/>
    public static void AddScaled<T>(ReadOnlySpan<T> a, T b, T factor, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(new ScaledSum<T>(factor), a, b, y);

    /// <inheritdoc cref="AddScaled{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, T, Span{T})"/>
    public static void AddScaled<T>(T a, ReadOnlySpan<T> b, T factor, Span<T> y)
        where T : unmanaged, INumber<T> => Pairwise.Map(new ScaledSum<T>(factor), a, b, y);

    internal readonly struct Sum<T> : IPairFunction<T>
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a + b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply(T a, T b) => a + b;
    }

    internal readonly struct Difference<T> : IPairFunction<T>
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a - b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply(T a, T b) => a - b;
    }

    internal readonly struct Product<T> : IPairFunction<T>
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a * b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply(T a, T b) => a * b;
    }

    internal readonly struct Quotient<T> : IPairFunction<T>
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => a / b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply(T a, T b) => a / b;
    }

    internal readonly struct Greater<T> : IPairFunction<T>
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.Max(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply(T a, T b) => T.Max(a, b);
    }

    internal readonly struct Smaller<T> : IPairFunction<T>
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Apply(Vector512<T> a, Vector512<T> b) => Vector512.Min(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply(T a, T b) => T.Min(a, b);
    }

    /// <summary>a + b·factor, for floating-point numbers rounded once.</summary>
    private readonly struct ScaledSum<T>(T factor) : IPairFunction<T>
        where T : unmanaged, INumber<T>
    {
        private readonly T factor = factor;
        private readonly Vector512<T> factors = Vector512.Create(factor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Apply(Vector512<T> a, Vector512<T> b)
            => typeof(T) == typeof(float) || typeof(T) == typeof(double) ? Lanes.MultiplyAdd(b, factors, a) : a + (b * factors);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply(T a, T b) => Lanes.MultiplyAdd(b, factor, a);
    }
}
