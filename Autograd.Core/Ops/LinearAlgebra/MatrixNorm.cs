namespace Autograd;

public static partial class Linalg
{
    /// <summary>The Frobenius norm √Σ aᵢⱼ² of each matrix. Its gradient at 0 is 0.</summary>
    /// <param name="a">Matrices, [..., m, n].</param>
    /// <exception cref="ShapeException">The rank is below 2.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor MatrixNorm(Tensor a) => MatrixNorm(a, "fro");

    /// <summary>The Frobenius norm √Σ aᵢⱼ² of each matrix, or its nuclear norm, the sum of the singular values.</summary>
    /// <param name="a">The matrices.</param>
    /// <param name="ord">"fro" or "nuc".</param>
    /// <param name="rowDim">The dimension that counts rows; negative numbers count from the last.</param>
    /// <param name="columnDim">The one that counts columns.</param>
    /// <param name="keepDim">Whether both stay, with size 1.</param>
    /// <exception cref="ArgumentException"><paramref name="ord"/> is something else, or both dimensions are one.</exception>
    /// <exception cref="ShapeException">The rank is below 2.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor MatrixNorm(Tensor a, string ord, int rowDim = -2, int columnDim = -1, bool keepDim = false)
    {
        var matrices = MatricesOf(a, rowDim, columnDim);
        return WithDims(
            ord switch
            {
                "fro" => Frobenius(matrices),
                "nuc" => Svdvals(matrices).Sum(-1),
                _ => throw new ArgumentException($"MatrixNorm: there is no norm '{ord}'; there are \"fro\", \"nuc\", and the numbers 1, -1, 2, -2, and both infinities.", nameof(ord)),
            },
            a, rowDim, columnDim, keepDim);
    }

    /// <summary>A norm of each matrix by its number: 1 and −1 are the greatest and the least column sum of magnitudes, ∞ and −∞ the greatest and the least row sum, 2 and −2 the greatest and the least singular value.</summary>
    /// <param name="a">The matrices.</param>
    /// <param name="ord">±1, ±2 or ±∞.</param>
    /// <param name="rowDim">The dimension that counts rows; negative numbers count from the last.</param>
    /// <param name="columnDim">The one that counts columns.</param>
    /// <param name="keepDim">Whether both stay, with size 1.</param>
    /// <exception cref="ArgumentException"><paramref name="ord"/> is something else, or both dimensions are one.</exception>
    /// <exception cref="ShapeException">The rank is below 2, or there is nothing to choose the greatest or the least of.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public static Tensor MatrixNorm(Tensor a, double ord, int rowDim = -2, int columnDim = -1, bool keepDim = false)
    {
        var matrices = MatricesOf(a, rowDim, columnDim);
        var candidates = double.Abs(ord) switch
        {
            1 => matrices.Abs().Sum(-2),
            2 => Svdvals(matrices),
            double.PositiveInfinity => matrices.Abs().Sum(-1),
            _ => throw new ArgumentException($"MatrixNorm: there is no norm {ord}; there are 1, -1, 2, -2, both infinities, \"fro\" and \"nuc\".", nameof(ord)),
        };
        if (candidates.Shape[-1] == 0)
        {
            throw new ShapeException($"MatrixNorm: a matrix of shape {Shape.Create(matrices.Shape.AsSpan()[^2..])} has nothing to choose the {(ord > 0 ? "greatest" : "least")} of.");
        }

        return WithDims(ord > 0 ? candidates.Amax(-1) : candidates.Amin(-1), a, rowDim, columnDim, keepDim);
    }

    private static Tensor Frobenius(Tensor matrices)
    {
        var squares = (matrices * matrices).Sum([-2, -1]);
        var isZero = squares.Eq(0);
        return Tensor.Where(isZero, 0, Tensor.Where(isZero, 1, squares).Sqrt());
    }

    /// <summary>The tensor with the two dimensions last.</summary>
    private static Tensor MatricesOf(Tensor a, int rowDim, int columnDim)
    {
        RequireMatrices(a, nameof(MatrixNorm));
        var (row, column) = (Dims.Normalize(rowDim, a.Rank, nameof(MatrixNorm)), Dims.Normalize(columnDim, a.Rank, nameof(MatrixNorm)));
        return row != column
            ? a.Permute([.. Enumerable.Range(0, a.Rank).Where(dim => dim != row && dim != column), row, column])
            : throw new ArgumentException($"MatrixNorm: the dimensions {rowDim} and {columnDim} are the same one; a matrix needs two.", nameof(columnDim));
    }

    /// <summary>A result with the two dimensions back, of size 1, if asked for.</summary>
    private static Tensor WithDims(Tensor result, Tensor a, int rowDim, int columnDim, bool keepDim)
    {
        var (row, column) = (Dims.Normalize(rowDim, a.Rank, nameof(MatrixNorm)), Dims.Normalize(columnDim, a.Rank, nameof(MatrixNorm)));
        return keepDim ? result.Unsqueeze(Math.Min(row, column)).Unsqueeze(Math.Max(row, column)) : result;
    }
}
