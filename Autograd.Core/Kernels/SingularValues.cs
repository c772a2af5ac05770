using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;

namespace Autograd.Kernels;

/// <summary>A = U diag(s) Vᵀ by a QR factorization and one-sided Jacobi rotations, which find small singular values as accurately as large ones
/// (Hestenes 1958; Drmač and Veselić, New fast and accurate Jacobi SVD algorithm, 2008).</summary>
internal static class SingularValues
{
    private const int MostSweeps = 60;

    /// <summary>Decomposes an m×n matrix; k = min(m, n). Singular values descend; the element of greatest magnitude of each right vector (each left one, if m &lt; n) is positive.</summary>
    /// <param name="a">The matrix, row-major.</param>
    /// <param name="m">Its rows.</param>
    /// <param name="n">Its columns.</param>
    /// <param name="u">Receives U, m×k.</param>
    /// <param name="s">Receives the singular values.</param>
    /// <param name="v">Receives V, n×k.</param>
    /// <returns>Whether the iteration converged; it does unless elements are infinite or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Decompose<T>(ReadOnlySpan<T> a, int m, int n, Span<T> u, Span<T> s, Span<T> v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (m < n)
        {
            using var transposed = SpanOwner<T>.Allocate(m * n);
            Rows.Transpose(a, m, n, transposed.Span);
            return Decompose(transposed.Span, n, m, v, s, u);
        }

        if (n == 0)
        {
            return true;
        }

        // In units of the greatest element, so that no square overflows or vanishes.
        var scale = T.Abs(TensorPrimitives.MaxMagnitude(a));
        if (!T.IsFinite(scale))
        {
            return false;
        }

        scale = scale == T.Zero ? T.One : scale;
        using var memory = SpanOwner<T>.Allocate((3 * m * n) + (2 * n * n));
        var scaled = memory.Span[..(m * n)];
        var q = memory.Span.Slice(m * n, m * n);
        var left = memory.Span.Slice(2 * m * n, m * n);
        var rt = memory.Span.Slice(3 * m * n, n * n);
        var right = memory.Span[((3 * m * n) + (n * n))..];
        TensorPrimitives.Divide(a, scale, scaled);
        Qr.Factor<T>(scaled, m, n, q, rt);

        // A = Q R. Rotations make the rows of R orthogonal: J R = diag(s) Vᵀ, so that A = (Q Jᵀ) diag(s) Vᵀ.
        Rows.Transpose<T>(q, m, n, left);
        Rows.Transpose<T>(rt, n, n, right);
        if (!Orthogonalize(right, left, m, n))
        {
            return false;
        }

        Normalize(right, left, s, m, n);
        TensorPrimitives.Multiply(s, scale, s);
        Rows.Transpose<T>(left, n, m, u);
        Rows.Transpose<T>(right, n, n, v);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Orthogonalize<T>(Span<T> x, Span<T> along, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var two = T.One + T.One;
        var tolerance = T.CreateChecked(n) * Unit<T>();
        var negligible = Negligible<T>();
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var rotated = false;
            for (var i = 0; i < n - 1; i++)
            {
                for (var j = i + 1; j < n; j++)
                {
                    var p = x.Slice(i * n, n);
                    var q = x.Slice(j * n, n);
                    var (pp, qq, pq) = (TensorPrimitives.Norm<T>(p), TensorPrimitives.Norm<T>(q), TensorPrimitives.Dot<T>(p, q));
                    if (T.Abs(pq) <= tolerance * pp * qq || pp <= negligible || qq <= negligible)
                    {
                        continue;
                    }

                    rotated = true;
                    var zeta = (qq - pp) * (qq + pp) / (two * pq);
                    var t = T.CopySign(T.One, zeta) / (T.Abs(zeta) + T.Hypot(zeta, T.One));
                    var c = T.One / T.Hypot(t, T.One);
                    Rows.Rotate(q, p, c, c * t);
                    Rows.Rotate(along.Slice(j * m, m), along.Slice(i * m, m), c, c * t);
                }
            }

            if (!rotated)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sorts by length, makes the rows of x unit vectors, and settles the signs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize<T>(Span<T> x, Span<T> along, Span<T> s, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < n; i++)
        {
            s[i] = TensorPrimitives.Norm<T>(x.Slice(i * n, n));
        }

        for (var i = 0; i < n; i++)
        {
            var greatest = i + TensorPrimitives.IndexOfMax<T>(s[i..]);
            var row = x.Slice(i * n, n);
            var other = along.Slice(i * m, m);
            if (greatest != i)
            {
                (s[i], s[greatest]) = (s[greatest], s[i]);
                Rows.Swap(row, x.Slice(greatest * n, n));
                Rows.Swap(other, along.Slice(greatest * m, m));
            }

            if (s[i] <= Negligible<T>())
            {
                s[i] = T.Zero;
                Complete(x[..(i * n)], row);
            }
            else
            {
                TensorPrimitives.Divide(row, s[i], row);
            }

            var sign = Rows.SignOfGreatest<T>(row);
            TensorPrimitives.Multiply(row, sign, row);
            TensorPrimitives.Multiply(other, sign, other);
        }
    }

    private static T Unit<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.BitIncrement(T.One) - T.One;

    /// <summary>The length of a row, beside others of length 1, whose products with them have no digits left: 7e-139, or 9e-13 in single precision. It counts as 0.</summary>
    private static T Negligible<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.Sqrt(typeof(T) == typeof(float) ? T.CreateChecked(1.17549435e-38f) : T.CreateChecked(2.2250738585072014e-308)) / Unit<T>();

    /// <summary>A unit vector orthogonal to the rows of a matrix: of the unit vectors along the axes, the one that is farthest from their span, projected.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Complete<T>(ReadOnlySpan<T> rows, Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = row.Length;
        row.Clear();
        for (var k = 0; k < rows.Length; k++)
        {
            row[k % n] += rows[k] * rows[k];
        }

        var axis = TensorPrimitives.IndexOfMin<T>(row);
        row.Clear();
        row[axis] = T.One;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var k = 0; k < rows.Length; k += n)
            {
                var known = rows.Slice(k, n);
                TensorPrimitives.MultiplyAdd(known, -TensorPrimitives.Dot(known, row), row, row);
            }
        }

        TensorPrimitives.Divide(row, TensorPrimitives.Norm<T>(row), row);
    }
}
