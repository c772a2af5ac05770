namespace Autograd;

public partial class Tensor
{
    /// <summary>A matrix's diagonal as a vector, or the square matrix that has a vector on a diagonal and zeros elsewhere.</summary>
    /// <param name="diagonal">0 for the main diagonal, above 0 to its right, below 0 under it.</param>
    /// <exception cref="ShapeException">The rank is neither 1 nor 2.</exception>
    public Tensor Diag(int diagonal = 0)
    {
        if (Rank == 2)
        {
            return Diagonal(diagonal);
        }

        if (Rank != 1)
        {
            throw new ShapeException($"Diag: shape {Shape} is neither a vector nor a matrix. Use Diagonal for the diagonals of a stack of matrices.");
        }

        var size = (int)Math.Min(int.MaxValue, ElementCount + Math.Abs((long)diagonal));
        return new PlaceOp(Zeros([], DType).Expand(size, size), this, new DiagonalSelection(diagonal, 0, 1)).Apply();
    }
}
