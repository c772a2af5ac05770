using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>Systems of equations with a triangular matrix, by substitution.</summary>
internal static class Triangular
{
    /// <summary>Replaces B by A⁻¹B, or by A⁻ᵀB. Matrices are row-major; only one triangle of A is read.</summary>
    /// <param name="a">The n×n matrix.</param>
    /// <param name="n">Its size.</param>
    /// <param name="b">The right sides, n×k.</param>
    /// <param name="k">Their number.</param>
    /// <param name="upper">Whether A is upper triangular.</param>
    /// <param name="transposed">Whether to solve with Aᵀ.</param>
    /// <param name="unit">Whether the diagonal counts as ones.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve<T>(ReadOnlySpan<T> a, int n, Span<T> b, int k, bool upper, bool transposed, bool unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var step = 0; step < n; step++)
        {
            // From the first unknown on, or from the last.
            var i = upper == transposed ? step : n - 1 - step;
            var row = a.Slice(i * n, n);
            var x = b.Slice(i * k, k);
            var others = upper ? (i + 1)..n : 0..i;
            if (!transposed)
            {
                SubtractSum(row[others], b[(others.Start.Value * k)..(others.End.Value * k)], k, x);
            }

            if (!unit)
            {
                TensorPrimitives.Divide(x, row[i], x);
            }

            if (transposed)
            {
                SubtractFromEach(row[others], x, b[(others.Start.Value * k)..(others.End.Value * k)]);
            }
        }
    }

    /// <summary>x −= Σⱼ cⱼ·(row j of b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractSum<T>(ReadOnlySpan<T> coefficients, ReadOnlySpan<T> b, int k, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (k == 1)
        {
            x[0] -= TensorPrimitives.Dot(coefficients, b);
            return;
        }

        for (var j = 0; j < coefficients.Length; j++)
        {
            TensorPrimitives.MultiplyAdd(b.Slice(j * k, k), -coefficients[j], x, x);
        }
    }

    /// <summary>(row j of b) −= cⱼ·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractFromEach<T>(ReadOnlySpan<T> coefficients, ReadOnlySpan<T> x, Span<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length == 1)
        {
            TensorPrimitives.MultiplyAdd(coefficients, -x[0], b, b);
            return;
        }

        for (var j = 0; j < coefficients.Length; j++)
        {
            var row = b.Slice(j * x.Length, x.Length);
            TensorPrimitives.MultiplyAdd(x, -coefficients[j], row, row);
        }
    }
}
