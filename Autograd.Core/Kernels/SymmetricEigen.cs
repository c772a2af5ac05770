using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;

namespace Autograd.Kernels;

/// <summary>A = V diag(w) Vᵀ for a symmetric matrix: Householder's reduction to tridiagonal form, then implicit QL steps with Wilkinson's shift
/// (Golub and Van Loan, Matrix Computations, 4th ed. 2013, sections 8.3.1 and 8.3.5).</summary>
internal static class SymmetricEigen
{
    private const int StepsPerValue = 60;

    /// <summary>Decomposes an n×n matrix, of which the symmetric part (A + Aᵀ)/2 is read. Eigenvalues ascend; the element of greatest magnitude of each eigenvector is positive.</summary>
    /// <param name="a">The matrix, row-major.</param>
    /// <param name="n">Its size.</param>
    /// <param name="v">Receives the eigenvectors as columns.</param>
    /// <param name="w">Receives the eigenvalues.</param>
    /// <returns>Whether the iteration converged; it does unless elements are infinite or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Decompose<T>(ReadOnlySpan<T> a, int n, Span<T> v, Span<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var memory = SpanOwner<T>.Allocate((2 * n * n) + (3 * n));
        var s = memory.Span[..(n * n)];
        var z = memory.Span.Slice(n * n, n * n);
        var beside = memory.Span.Slice(2 * n * n, n);
        var work = memory.Span[((2 * n * n) + n)..];
        var half = T.One / (T.One + T.One);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                s[(i * n) + j] = (a[(i * n) + j] + a[(j * n) + i]) * half;
                if (!T.IsFinite(s[(i * n) + j]))
                {
                    return false;
                }
            }
        }

        // In units of the greatest element, so that no product overflows.
        var scale = n == 0 ? T.One : T.Abs(TensorPrimitives.MaxMagnitude<T>(s));
        scale = scale == T.Zero ? T.One : scale;
        TensorPrimitives.Divide(s, scale, s);
        Tridiagonalize(s, n, w, beside, z, work);
        if (!Diagonalize(w, beside, z, n))
        {
            return false;
        }

        TensorPrimitives.Multiply(w, scale, w);
        Order(w, z, n);
        Rows.Transpose(z, n, n, v);
        return true;
    }

    /// <summary>A = Q T Qᵀ; the rows of z become the columns of Q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tridiagonalize<T>(Span<T> a, int n, Span<T> diagonal, Span<T> beside, Span<T> z, Span<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var betas = work[n..];
        for (var k = 0; k < n - 1; k++)
        {
            // Row k right of the diagonal becomes the reflection v; then A −= v wᵀ + w vᵀ with w = p − (β/2)(pᵀv) v, p = β A v.
            var v = a.Slice((k * n) + k + 1, n - k - 1);
            (beside[k], betas[k]) = Qr.Reflector(v);
            if (betas[k] == T.Zero)
            {
                continue;
            }

            var p = work[..v.Length];
            for (var i = 0; i < v.Length; i++)
            {
                p[i] = betas[k] * TensorPrimitives.Dot<T>(a.Slice(((k + 1 + i) * n) + k + 1, v.Length), v);
            }

            TensorPrimitives.MultiplyAdd(v, -betas[k] * TensorPrimitives.Dot<T>(p, v) / (T.One + T.One), p, p);
            for (var i = 0; i < v.Length; i++)
            {
                var row = a.Slice(((k + 1 + i) * n) + k + 1, v.Length);
                TensorPrimitives.MultiplyAdd(p, -v[i], row, row);
                TensorPrimitives.MultiplyAdd(v, -p[i], row, row);
            }
        }

        for (var k = n - 1; k >= 0; k--)
        {
            diagonal[k] = a[(k * n) + k];
            z.Slice(k * n, n).Clear();
            z[(k * n) + k] = T.One;
            for (var column = k + 1; column < n; column++)
            {
                Qr.Reflect(a.Slice((k * n) + k + 1, n - k - 1), betas[k], z.Slice((column * n) + k + 1, n - k - 1));
            }
        }
    }

    /// <summary>Diagonalizes the tridiagonal matrix of <paramref name="d"/> and <paramref name="e"/> beside it; rows of z are rotated along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Diagonalize<T>(Span<T> d, Span<T> e, Span<T> z, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var two = T.One + T.One;
        for (var first = 0; first < n; first++)
        {
            for (var step = 0; ; step++)
            {
                // A negligible element splits the matrix.
                var last = first;
                while (last < n - 1 && T.Abs(d[last]) + T.Abs(d[last + 1]) + T.Abs(e[last]) != T.Abs(d[last]) + T.Abs(d[last + 1]))
                {
                    last++;
                }

                if (last == first)
                {
                    break;
                }

                if (step == StepsPerValue)
                {
                    return false;
                }

                // Wilkinson's shift: the eigenvalue of the leading 2×2 block that is nearer to its first element.
                var half = (d[first + 1] - d[first]) / (two * e[first]);
                var shift = d[first] - (e[first] / (half + T.CopySign(T.Hypot(half, T.One), half)));
                var (s, c, carried, bulge) = (T.One, T.One, T.Zero, d[last] - shift);
                var i = last - 1;
                for (; i >= first; i--)
                {
                    var (f, b) = (s * e[i], c * e[i]);
                    var r = T.Hypot(f, bulge);
                    e[i + 1] = r;
                    if (r == T.Zero)
                    {
                        d[i + 1] -= carried;
                        break;
                    }

                    (s, c) = (f / r, bulge / r);
                    var above = d[i + 1] - carried;
                    var t = ((d[i] - above) * s) + (two * c * b);
                    carried = s * t;
                    d[i + 1] = above + carried;
                    bulge = (c * t) - b;
                    Rows.Rotate(z.Slice((i + 1) * n, n), z.Slice(i * n, n), c, s);
                }

                e[last] = T.Zero;
                if (i < first)
                {
                    d[first] -= carried;
                    e[first] = bulge;
                }
            }
        }

        return true;
    }

    /// <summary>Sorts the eigenvalues, the rows along, and settles the signs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Order<T>(Span<T> w, Span<T> rows, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < n; i++)
        {
            var least = i + TensorPrimitives.IndexOfMin<T>(w[i..]);
            var row = rows.Slice(i * n, n);
            if (least != i)
            {
                (w[i], w[least]) = (w[least], w[i]);
                Rows.Swap(row, rows.Slice(least * n, n));
            }

            TensorPrimitives.Multiply(row, Rows.SignOfGreatest<T>(row), row);
        }
    }
}
