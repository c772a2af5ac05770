using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>P A = L U by Gaussian elimination with partial pivoting (Golub and Van Loan, Matrix Computations, 4th ed. 2013, algorithm 3.4.1).</summary>
internal static class Lu
{
    /// <summary>Replaces the row-major n×n matrix by L below the diagonal (whose own diagonal is ones) and U on and above it.</summary>
    /// <param name="a">The matrix.</param>
    /// <param name="order">Receives P: row i of P A is row order[i] of A.</param>
    /// <returns>1 or −1, the determinant of P; 0 if a pivot is 0, so that A is singular.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Factor<T>(Span<T> a, Span<int> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = order.Length;
        var (sign, regular) = (1, true);
        for (var i = 0; i < n; i++)
        {
            order[i] = i;
        }

        for (var j = 0; j < n; j++)
        {
            var best = j;
            for (var i = j + 1; i < n; i++)
            {
                best = T.Abs(a[(i * n) + j]) > T.Abs(a[(best * n) + j]) ? i : best;
            }

            if (best != j)
            {
                Rows.Swap(a.Slice(j * n, n), a.Slice(best * n, n));
                (order[j], order[best]) = (order[best], order[j]);
                sign = -sign;
            }

            var pivot = a[(j * n) + j];
            if (pivot == T.Zero)
            {
                regular = false;
                continue;
            }

            ReadOnlySpan<T> pivotRow = a.Slice((j * n) + j + 1, n - j - 1);
            for (var i = j + 1; i < n; i++)
            {
                var factor = a[(i * n) + j] /= pivot;
                var row = a.Slice((i * n) + j + 1, n - j - 1);
                TensorPrimitives.MultiplyAdd(pivotRow, -factor, row, row);
            }
        }

        return regular ? sign : 0;
    }

    /// <summary>Replaces B, n×k, by A⁻¹B or A⁻ᵀB.</summary>
    /// <param name="lu">The factors.</param>
    /// <param name="order">Their permutation.</param>
    /// <param name="b">The right sides, row-major.</param>
    /// <param name="work">Room for as many elements.</param>
    /// <param name="transposed">Whether to solve with Aᵀ.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve<T>(ReadOnlySpan<T> lu, ReadOnlySpan<int> order, Span<T> b, Span<T> work, bool transposed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = order.Length;
        var k = n == 0 ? 0 : b.Length / n;
        b.CopyTo(work);
        if (!transposed)
        {
            // A x = b: L U x = P b.
            for (var i = 0; i < n; i++)
            {
                work.Slice(order[i] * k, k).CopyTo(b.Slice(i * k, k));
            }

            Triangular.Solve(lu, n, b, k, upper: false, transposed: false, unit: true);
            Triangular.Solve(lu, n, b, k, upper: true, transposed: false, unit: false);
            return;
        }

        // Aᵀ x = b: Uᵀ Lᵀ (P x) = b.
        Triangular.Solve(lu, n, work, k, upper: true, transposed: true, unit: false);
        Triangular.Solve(lu, n, work, k, upper: false, transposed: true, unit: true);
        for (var i = 0; i < n; i++)
        {
            work.Slice(i * k, k).CopyTo(b.Slice(order[i] * k, k));
        }
    }
}
