using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>
/// xʸ. In Float32 |x|ʸ = 2^(y·log₂|x|) in double precision, by polynomials of ten digits, rounded once at the end. In Float64 that of <c>TensorPrimitives</c>, which is accurate.
/// </content>
internal static partial class VectorMath
{
    /// <summary>|y| from which on every single-precision number is an even integer.</summary>
    private const double AllEven = 1 << 24;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pow<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> exponent, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(exponent.Length == x.Length && y.Length == x.Length, "the spans of an elementwise kernel have one length");
        if (typeof(T) == typeof(float))
        {
            Pow(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(exponent), MemoryMarshal.Cast<T, float>(y));
        }
        else
        {
            TensorPrimitives.Pow(x, exponent, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pow(ReadOnlySpan<float> x, ReadOnlySpan<float> exponent, Span<float> y)
    {
        var i = 0;
        for (; i + Vector256<float>.Count <= x.Length; i += Vector256<float>.Count)
        {
            Pow(Vector256.Create(x[i..]), Vector256.Create(exponent[i..])).CopyTo(y[i..]);
        }

        if (i < x.Length)
        {
            Span<float> rest = stackalloc float[2 * Vector256<float>.Count];
            x[i..].CopyTo(rest);
            exponent[i..].CopyTo(rest[Vector256<float>.Count..]);
            Pow(Vector256.Create(rest), Vector256.Create(rest[Vector256<float>.Count..])).CopyTo(rest);
            rest[..(x.Length - i)].CopyTo(y[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pow(Vector256<float> x, Vector256<float> exponent)
    {
        var power = Pow(Vector512.WidenLower(x.ToVector512Unsafe()), Vector512.WidenLower(exponent.ToVector512Unsafe()));
        return Vector256.Narrow(power.GetLower(), power.GetUpper());
    }

    /// <summary>xʸ of numbers that single precision has, with the special values of IEEE 754, 9.2.1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Pow(Vector512<double> x, Vector512<double> y)
    {
        var (zero, one, infinity) = (Vector512<double>.Zero, Vector512<double>.One, Vector512.Create(double.PositiveInfinity));
        var (magnitude, size) = (Vector512.Abs(x), Vector512.Abs(y));
        var power = Exp2ForPowers(y * Log2ForPowers(magnitude));

        // 1ʸ and x⁰ are 1 also beside NaN, (−1)^±∞ is 1: there a product was 0·∞ or a NaN.
        var isOne = Vector512.Equals(x, one) | Vector512.Equals(y, zero) | (Vector512.Equals(magnitude, one) & Vector512.Equals(size, infinity));
        power = Vector512.ConditionalSelect(isOne, one, power);
        if (x.ExtractMostSignificantBits() == 0)
        {
            return power;
        }

        // Odd: no half is an integer. A negative number has a power for integers only; −0 and −∞ have the size of any.
        var half = size * Vector512.Create(0.5);
        var isInteger = Vector512.Equals(Vector512.Floor(size), size);
        var isOdd = isInteger & Vector512.LessThan(size, Vector512.Create(AllEven)) & ~Vector512.Equals(Vector512.Floor(half), half);
        power = Vector512.ConditionalSelect(isOdd, Lanes.CopySign(power, x), power);
        var isUndefined = Vector512.LessThan(x, zero) & Vector512.LessThan(magnitude, infinity) & ~isInteger;
        return Vector512.ConditionalSelect(isUndefined, Vector512.Create(double.NaN), power);
    }

    /// <summary>log₂ x = k + log₂ m, to 12 digits, of numbers of at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Log2ForPowers(Vector512<double> x)
    {
        var f = Lanes.Split(x, out var k) - Vector512<double>.One;
        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;
        var log = s * Vector512.FusedMultiplyAdd(z, Polynomials.LogRemainderForPowers(z), Vector512.Create(2.0));
        var value = Vector512.FusedMultiplyAdd(log, Vector512.Create(1.4426950408889634), k);
        value = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity)), value, x);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), value);
    }

    /// <summary>2ᵗ, to 10 digits; beyond ±200 what is infinite or 0 in single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp2ForPowers(Vector512<double> t)
    {
        var bounded = Lanes.AtMost(Lanes.AtLeast(t, Vector512.Create(-200.0)), Vector512.Create(200.0));
        var n = Lanes.RoundProduct(bounded, Vector512<double>.One);
        var r = (bounded - n) * Vector512.Create(0.6931471805599453);
        var p = Vector512.FusedMultiplyAdd(r * r, Polynomials.ExpRemainderForPowers(r), r);
        return (Vector512<double>.One + p) * Lanes.PowerOfTwo(n);
    }
}
