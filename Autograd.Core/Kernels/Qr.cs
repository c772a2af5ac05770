using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;

namespace Autograd.Kernels;

/// <summary>A = Q R by Householder reflections (Golub and Van Loan, Matrix Computations, 4th ed. 2013, section 5.2.2).</summary>
internal static class Qr
{
    /// <summary>Factors an m×n matrix, m ≥ n. R's diagonal is not negative, so that the factors of a matrix of full rank are unique.</summary>
    /// <param name="a">The matrix, row-major.</param>
    /// <param name="m">Its rows.</param>
    /// <param name="n">Its columns.</param>
    /// <param name="q">Receives Q, m×n.</param>
    /// <param name="rt">Receives Rᵀ, n×n.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Factor<T>(ReadOnlySpan<T> a, int m, int n, Span<T> q, Span<T> rt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Columns as rows, since reflections work on columns; behind them, those of Q.
        using var memory = SpanOwner<T>.Allocate((2 * m * n) + n);
        var columns = memory.Span[..(m * n)];
        var basis = memory.Span.Slice(m * n, m * n);
        var scales = memory.Span[(2 * m * n)..];
        Rows.Transpose(a, m, n, columns);
        rt.Clear();
        for (var j = 0; j < n; j++)
        {
            var column = columns.Slice(j * m, m);
            column[..j].CopyTo(rt.Slice(j * n, j));
            (rt[(j * n) + j], scales[j]) = Reflector(column[j..]);
            for (var k = j + 1; k < n; k++)
            {
                Reflect(column[j..], scales[j], columns.Slice((k * m) + j, m - j));
            }
        }

        // Q = H₁ H₂ … applied to the first columns of the unit matrix, from the last reflection on.
        basis.Clear();
        for (var j = n - 1; j >= 0; j--)
        {
            basis[(j * m) + j] = T.One;
            for (var k = j; k < n; k++)
            {
                Reflect(columns.Slice((j * m) + j, m - j), scales[j], basis.Slice((k * m) + j, m - j));
            }
        }

        for (var j = 0; j < n; j++)
        {
            if (rt[(j * n) + j] < T.Zero)
            {
                // Column j of Q and row j of R, which is column j of Rᵀ.
                TensorPrimitives.Negate(basis.Slice(j * m, m), basis.Slice(j * m, m));
                for (var i = j; i < n; i++)
                {
                    rt[(i * n) + j] = -rt[(i * n) + j];
                }
            }
        }

        Rows.Transpose(basis, n, m, q);
    }

    /// <summary>Replaces x by v such that (I − β v vᵀ) x = (α, 0, 0, …).</summary>
    /// <returns>α and β; β is 0 where x is such a vector already.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (T Alpha, T Beta) Reflector<T>(Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var first = x[0];
        var scale = T.Zero;
        foreach (var value in x[1..])
        {
            scale = T.MaxMagnitude(scale, value);
        }

        scale = T.Abs(scale);
        if (scale == T.Zero)
        {
            return (first, T.Zero);
        }

        // In units of the greatest element, so that no square overflows or vanishes. The sign of α avoids cancellation.
        scale = T.MaxMagnitude(scale, T.Abs(first));
        TensorPrimitives.Divide(x, scale, x);
        var alpha = -T.CopySign(T.Sqrt(TensorPrimitives.SumOfSquares<T>(x)), first);
        x[0] -= alpha;
        var beta = -T.One / (alpha * x[0]);
        return (alpha * scale, beta);
    }

    /// <summary>x −= β (vᵀx) v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reflect<T>(ReadOnlySpan<T> v, T beta, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => TensorPrimitives.MultiplyAdd(v, -beta * TensorPrimitives.Dot(v, x), x, x);
}
