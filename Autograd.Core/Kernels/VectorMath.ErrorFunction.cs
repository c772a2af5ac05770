using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>
/// erf and erfc. The error function in Float32 comes from a table of short polynomials; the others take two passes over a tile: the complement of |x|, then what follows
/// from it and x. In one pass the compiler would not inline both polynomials where vectors run as two halves, and be 15 times slower.
/// </content>
internal static partial class VectorMath
{
    private const int ErrorFunctionTile = 512;

    public static void Erf<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Map<ErfSingleFunction, T>(x, y);
        }
        else
        {
            MapErrorFunction<ErfFunction, T>(x, y);
        }
    }

    public static void Erfc<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => MapErrorFunction<ErfcFunction, T>(x, y);

    private interface IErrorFunction
    {
        static abstract Vector512<T> Apply<T>(Vector512<T> x, Vector512<T> complement)
            where T : unmanaged;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MapErrorFunction<TFunction, T>(ReadOnlySpan<T> x, Span<T> y)
        where TFunction : struct, IErrorFunction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(y.Length == x.Length, "the spans of an elementwise kernel have one length");
        Span<T> complement = stackalloc T[ErrorFunctionTile];
        Span<T> padded = stackalloc T[Vector512<T>.Count];
        padded.Clear();
        for (var start = 0; start < x.Length; start += ErrorFunctionTile)
        {
            var part = x.Slice(start, Math.Min(ErrorFunctionTile, x.Length - start));
            Map<PositiveErfcFunction, T>(part, complement[..part.Length]);
            ref var source = ref MemoryMarshal.GetReference(part);
            ref var second = ref MemoryMarshal.GetReference(complement);
            ref var target = ref MemoryMarshal.GetReference(y[start..]);
            var whole = part.Length - (part.Length % Vector512<T>.Count);
            for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<T>.Count)
            {
                TFunction.Apply(Vector512.LoadUnsafe(ref source, i), Vector512.LoadUnsafe(ref second, i)).StoreUnsafe(ref target, i);
            }

            if (whole == part.Length) continue;
            part[whole..].CopyTo(padded);
            TFunction.Apply(Vector512.Create<T>(padded), Vector512.LoadUnsafe(ref second, (nuint)whole)).CopyTo(padded);
            padded[..(part.Length - whole)].CopyTo(y[(start + whole)..]);
        }
    }

    /// <summary>
    /// erfc x = e^(−x²)·P(t)/(1 + 2x), t = (x − 3.5)/(x + 3.5), for the magnitude of x (Shepherd and Laframboise, 1981): one
    /// polynomial for all x. What x² loses in rounding, l, comes back as the factor e⁻ˡ = 1 − l. Beyond the bound the result is 0.
    /// </summary>
    internal readonly struct PositiveErfcFunction : ILaneFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            x = Lanes.AtMost(Vector512.Abs(x), Lanes.Constant<T>(11f, 28d));
            var square = x * x;
            var lost = Lanes.MultiplyAdd(x, x, -square);
            var centre = Lanes.Constant<T>(3.5);
            var e = Exp(-square);
            e = Lanes.MultiplyAdd(-e, lost, e);
            var denominator = Lanes.MultiplyAdd(x, Lanes.Constant<T>(2), Vector512<T>.One);
            return e * Polynomials.ScaledErfc((x - centre) / (x + centre)) / denominator;
        }
    }

    /// <summary>x·P(x²) up to 1, 1 − erfc beyond.</summary>
    private readonly struct ErfFunction : IErrorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x, Vector512<T> complement)
            where T : unmanaged
        {
            var near = x * Polynomials.ErfOverX(x * x);
            var far = Lanes.CopySign(Vector512<T>.One - complement, x);
            return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512<T>.One), near, far);
        }
    }

    /// <summary>1 − x·P(x²) up to ½, 2 − erfc(−x) for negative x: relative accuracy down to the smallest number.</summary>
    private readonly struct ErfcFunction : IErrorFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x, Vector512<T> complement)
            where T : unmanaged
        {
            var near = Vector512<T>.One - x * Polynomials.ErfOverX(x * x);
            var far = Vector512.ConditionalSelect(
                Vector512.LessThan(x, Vector512<T>.Zero), Lanes.Constant<T>(2) - complement, complement);
            return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Lanes.Constant<T>(0.5)), near, far);
        }
    }

    /// <summary>erf x = x·Q(|x|) in Float32, where Q is a polynomial of each quarter of the range, found by its number; ±1 from 3.8 on, where that is right to 1.3 ULP.</summary>
    internal readonly struct ErfSingleFunction : ILaneFunction
    {
        /// <summary>Added to a number, it leaves the nearest integer in the lowest bits.</summary>
        private const float Rounder = 12582912f;

        private const float Bound = 3.8f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Apply<T>(Vector512<T> x)
            where T : unmanaged, INumber<T>
        {
            var value = x.As<T, float>();
            var magnitude = Vector512.Abs(value);
            var shifted = Vector512.FusedMultiplyAdd(magnitude, Vector512.Create(4f), Vector512.Create(Rounder));
            var t = Vector512.FusedMultiplyAdd(shifted - Vector512.Create(Rounder), Vector512.Create(-0.25f), magnitude);
            var near = value * Polynomials.ErfOverXInPieces(t, shifted.AsInt32());
            var isFar = Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(Bound));
            return Vector512.ConditionalSelect(isFar, Lanes.CopySign(Vector512.Create(1f), value), near).As<float, T>();
        }
    }
}
