namespace Autograd;

/// <summary>Numbers of dimensions as arguments: negative ones count from the last.</summary>
internal static class Dims
{
    /// <summary>The dimension as 0 … rank − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public static int Normalize(int dim, int rank, string operation)
    {
        var normal = dim < 0 ? dim + rank : dim;
        if ((uint)normal >= (uint)rank)
        {
            ThrowNoSuchDim(dim, rank, operation);
        }

        return normal;
    }

    /// <summary>As <see cref="Normalize(int, int, string)"/>, where a tensor of rank 0 counts as having one dimension (PyTorch's rule for reductions, softmax, and the like).</summary>
    public static int NormalizeScalarAsVector(int dim, int rank, string operation) => Normalize(dim, Math.Max(rank, 1), operation);

    /// <summary>The set of dimensions as one flag each; an empty list means all of them.</summary>
    /// <exception cref="ArgumentException">A dimension is named twice.</exception>
    public static bool[] ToMask(ReadOnlySpan<int> dims, int rank, string operation)
    {
        var mask = new bool[rank];
        if (dims.IsEmpty)
        {
            Array.Fill(mask, true);
        }

        foreach (var dim in dims)
        {
            var normal = NormalizeScalarAsVector(dim, rank, operation);
            if (rank == 0)
            {
                continue;
            }

            if (mask[normal])
            {
                throw new ArgumentException($"{operation}: dimension {dim} is named twice in {Shape.Describe(dims)}.", nameof(dims));
            }

            mask[normal] = true;
        }

        return mask;
    }

    private static void ThrowNoSuchDim(int dim, int rank, string operation)
        => throw new ArgumentOutOfRangeException(
            nameof(dim),
            dim,
            rank == 0
                ? $"{operation}: a tensor of rank 0 has no dimensions."
                : $"{operation}: a tensor of rank {rank} has dimensions {-rank} to {rank - 1}, not {dim}.");
}
