using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>What factorizations do to the rows of a row-major matrix.</summary>
internal static class Rows
{
    /// <summary>Exchanges two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Swap<T>(Span<T> a, Span<T> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            (a[i], b[i]) = (b[i], a[i]);
        }
    }

    /// <summary>(a, b) becomes (c a + s b, c b − s a).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate<T>(Span<T> a, Span<T> b, T c, T s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        b = b[..a.Length];
        var i = 0;
        var (cosine, sine) = (new Vector<T>(c), new Vector<T>(s));
        for (; i <= a.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var (x, y) = (new Vector<T>(a[i..]), new Vector<T>(b[i..]));
            ((cosine * x) + (sine * y)).CopyTo(a[i..]);
            ((cosine * y) - (sine * x)).CopyTo(b[i..]);
        }

        for (; i < a.Length; i++)
        {
            (a[i], b[i]) = ((c * a[i]) + (s * b[i]), (c * b[i]) - (s * a[i]));
        }
    }

    /// <summary>Writes the transpose of an m×n matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose<T>(ReadOnlySpan<T> a, int m, int n, Span<T> t)
    {
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                t[(j * m) + i] = a[(i * n) + j];
            }
        }
    }

    /// <summary>The sign that makes the element of greatest magnitude positive: 1 or −1.</summary>
    public static T SignOfGreatest<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => row[TensorPrimitives.IndexOfMaxMagnitude(row)] < T.Zero ? -T.One : T.One;
}
