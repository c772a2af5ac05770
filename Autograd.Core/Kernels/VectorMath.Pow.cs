using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <content>
/// xʸ. <c>TensorPrimitives</c> is accurate, but yields NaN for 1 to the power of NaN in float, which is 1 (IEEE 754, 9.2.1).
/// </content>
internal static partial class VectorMath
{
    [SkipLocalsInit]
    public static void Pow<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> exponent, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(exponent.Length == x.Length && y.Length == x.Length, "the spans of an elementwise kernel have one length");
        if (!TensorPrimitives.IsNaNAny(exponent))
        {
            TensorPrimitives.Pow(x, exponent, y);
            return;
        }

        Span<T> tile = stackalloc T[512]; // the result may be an operand's own span, which is still to be read
        for (var start = 0; start < x.Length; start += tile.Length)
        {
            var length = Math.Min(tile.Length, x.Length - start);
            var powers = tile[..length];
            TensorPrimitives.Pow(x.Slice(start, length), exponent.Slice(start, length), powers);
            for (var i = 0; i < length; i++) y[start + i] = x[start + i] == T.One ? T.One : powers[i];
        }
    }
}
