using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>A = L Lᵀ for a positive-definite matrix, row by row (Golub and Van Loan, Matrix Computations, 4th ed. 2013, section 4.2.5).</summary>
internal static class Cholesky
{
    /// <summary>Writes L, with zeros above the diagonal. Of A, the symmetric part (A + Aᵀ)/2 is read.</summary>
    /// <returns>Whether A is positive-definite, as far as rounding can tell.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Factor<T>(ReadOnlySpan<T> a, Span<T> l, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var half = T.One / (T.One + T.One);
        for (var i = 0; i < n; i++)
        {
            var row = l.Slice(i * n, n);
            for (var j = 0; j <= i; j++)
            {
                var upper = l.Slice(j * n, j);
                var rest = ((a[(i * n) + j] + a[(j * n) + i]) * half) - TensorPrimitives.Dot(row[..j], upper);
                if (j < i)
                {
                    row[j] = rest / l[(j * n) + j];
                }
                else if (rest > T.Zero && T.IsFinite(rest))
                {
                    row[j] = T.Sqrt(rest);
                }
                else
                {
                    return false;
                }
            }

            row[(i + 1)..].Clear();
        }

        return true;
    }
}
