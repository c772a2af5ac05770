namespace Autograd;

public partial class Tensor
{
    /// <summary>Whether all elements are true (numbers: not 0); true for an empty tensor.</summary>
    public Tensor All() => All([]);

    /// <summary>Whether all elements along some dimensions are true (numbers: not 0).</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    public Tensor All(ReadOnlySpan<int> dims, bool keepDim = false) => Eq(0).Sum(dims, keepDim).Eq(0);

    /// <summary>Whether all elements along a dimension are true (numbers: not 0).</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    public Tensor All(int dim, bool keepDim = false) => All([dim], keepDim);

    /// <summary>Whether any element is true (numbers: not 0); false for an empty tensor.</summary>
    public Tensor Any() => Any([]);

    /// <summary>Whether any element along some dimensions is true (numbers: not 0).</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    public Tensor Any(ReadOnlySpan<int> dims, bool keepDim = false) => Ne(0).Sum(dims, keepDim).Ne(0);

    /// <summary>Whether any element along a dimension is true (numbers: not 0).</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    public Tensor Any(int dim, bool keepDim = false) => Any([dim], keepDim);
}
