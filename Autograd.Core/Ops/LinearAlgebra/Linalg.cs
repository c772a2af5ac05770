namespace Autograd;

/// <summary>Linear algebra on matrices and on stacks of them: dimensions in front of the last two are batches. Every result has gradients of any order.</summary>
/// <remarks>Elements are Float32 or Float64. Operations on symmetric matrices (<see cref="Cholesky"/>, <see cref="Eigh"/>, <see cref="Eigvalsh"/>) are functions of the symmetric part (A + Aᵀ)/2,
/// so that their gradients are symmetric.</remarks>
public static partial class Linalg
{
    /// <summary>Checks that a tensor holds matrices of floating-point numbers.</summary>
    private static void RequireMatrices(Tensor a, string operation)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (!a.DType.IsFloatingPoint)
        {
            throw new DTypeException($"{operation}: the elements are {a.DType}, not floating-point numbers. Convert first: a.To(DType.{DType.Default}).");
        }

        if (a.Rank < 2)
        {
            throw new ShapeException($"{operation}: shape {a.Shape} has {a.Rank} dimensions; a matrix has at least two. Use Unsqueeze to make a row or a column of a vector.");
        }
    }

    /// <summary>Checks that a tensor holds square matrices of floating-point numbers.</summary>
    private static void RequireSquare(Tensor a, string operation)
    {
        RequireMatrices(a, operation);
        if (a.Shape[-2] != a.Shape[-1])
        {
            throw new ShapeException($"{operation}: shape {a.Shape} is not square; the last two sizes must be equal.");
        }
    }

    /// <summary>Checks that two operands have one floating-point type.</summary>
    private static void RequireSameType(Tensor a, Tensor b, string operation)
    {
        ArgumentNullException.ThrowIfNull(b);
        if (a.DType != b.DType)
        {
            throw new DTypeException($"{operation}: the operands are {a.DType} and {b.DType}; they must have one floating-point type. Convert one: b.To(DType.{a.DType}).");
        }
    }

    /// <summary>Whether the right side counts as a column: a vector, or as many vectors as there are matrices.</summary>
    private static bool IsVector(Tensor a, Tensor b) => b.Rank == 1 || (b.Rank == a.Rank - 1 && b.Shape.AsSpan().SequenceEqual(a.Shape.AsSpan()[..^1]));

    /// <summary>Checks that the right sides have a row (or a column) for each row of A.</summary>
    private static void RequireEquations(Tensor a, Tensor b, bool left, string operation)
    {
        RequireMatrices(b, operation);
        if (a.Shape[-2] != b.Shape[left ? -2 : -1])
        {
            throw new ShapeException(
                $"{operation}: shapes {a.Shape} and {b.Shape}; A has {a.Shape[-2]} rows, and the right sides have {b.Shape[left ? -2 : -1]} {(left ? "rows" : "columns")}; these must be equal.");
        }
    }

    /// <summary>The shape of an operand B of a system with A, after both batches have been broadcast.</summary>
    private static Shape BroadcastBatches(Tensor a, Tensor b, string operation)
    {
        var (batchA, batchB) = (Matrices.BatchOf(a.Shape), Matrices.BatchOf(b.Shape));
        var batch = Shape.TryBroadcast(batchA, batchB) ?? throw new ShapeException($"{operation}: the batches {batchA} of {a.Shape} and {batchB} of {b.Shape} do not broadcast.");
        return Shape.Create([.. batch, b.Shape[-2], b.Shape[-1]]);
    }

    /// <summary>diag(x): square matrices that have the vectors of the last dimension on their diagonals.</summary>
    private static Tensor DiagonalMatrix(Tensor x) => Tensor.Where(Tensor.Eye(x.Shape[-1], dtype: DType.Bool), x.Unsqueeze(-2), 0);

    /// <summary>a/b, and 0 where both are 0: a term that nothing asks for has no pole.</summary>
    private static Tensor DivideUnlessBothZero(Tensor a, Tensor b) => a / Tensor.Where(a.Eq(0) & b.Eq(0), 1, b);
}
