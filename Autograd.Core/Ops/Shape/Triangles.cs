namespace Autograd;

public partial class Tensor
{
    /// <summary>The matrix without what lies above the <paramref name="diagonal"/>-th diagonal.</summary>
    /// <param name="diagonal">0 for the main diagonal, above 0 to its right, below 0 under it.</param>
    public Tensor Tril(int diagonal = 0) => Where(DistanceFromDiagonal(nameof(Tril)) <= diagonal, this, false);

    /// <summary>The matrix without what lies below the <paramref name="diagonal"/>-th diagonal.</summary>
    /// <param name="diagonal">0 for the main diagonal, above 0 to its right, below 0 under it.</param>
    public Tensor Triu(int diagonal = 0) => Where(DistanceFromDiagonal(nameof(Triu)) >= diagonal, this, false);

    private Tensor DistanceFromDiagonal(string operation)
        => Rank >= 2
            ? Arange(Shape[-1]) - Arange(Shape[-2]).Unsqueeze(1)
            : throw new ShapeException($"{operation}: shape {Shape} is not a matrix; at least two dimensions are needed.");
}
