using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>An odd function that goes from −1 to 1, in single precision: x·Q(|x|), where Q is a short polynomial of each of sixteen pieces of the range.</summary>
internal interface ISaturating
{
    /// <summary>The width of a piece; piece k lies around k times that.</summary>
    static abstract float Width { get; }

    /// <summary>From here on the function counts as ±1.</summary>
    static abstract float Bound { get; }

    /// <summary>Q at the distance <paramref name="t"/> from the middle of a piece, whose number is in the lowest four bits of <paramref name="piece"/>, without what it is in the middle.</summary>
    static abstract Vector512<float> Quotient(Vector512<float> t, Vector512<int> piece, out Vector512<float> middle);
}

/// <summary>Functions that are given in pieces: a table look-up costs as much as an addition where the processor permutes vectors, and saves the exponential and the division.</summary>
internal static class Saturating
{
    /// <summary>Added to a number, it leaves the nearest integer in the lowest bits.</summary>
    private const float Rounder = 12582912f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply<TFunction>(Vector512<float> x)
        where TFunction : struct, ISaturating
    {
        var magnitude = Vector512.Abs(x);
        var shifted = Vector512.FusedMultiplyAdd(magnitude, Vector512.Create(1 / TFunction.Width), Vector512.Create(Rounder));
        var t = Vector512.FusedMultiplyAdd(shifted - Vector512.Create(Rounder), Vector512.Create(-TFunction.Width), magnitude);
        var rest = TFunction.Quotient(t, shifted.AsInt32(), out var middle);
        var near = Vector512.FusedMultiplyAdd(x, rest, x * middle);
        var isFar = Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(TFunction.Bound));
        return Lanes.CopySign(Vector512.ConditionalSelect(isFar, Vector512.Create(1f), near), x);
    }
}
