namespace Autograd;

public partial class Tensor
{
    /// <summary>Whether all elements are true (numbers: not 0); true for an empty tensor.</summary>
    public Tensor All() => All([]);

    /// <summary>Whether all elements along some dimensions are true (numbers: not 0).</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    public Tensor All(ReadOnlySpan<int> dims, bool keepDim = false) => Eq(0).Sum(dims, keepDim).Eq(0);

    /// <summary>Whether any element is true (numbers: not 0); false for an empty tensor.</summary>
    public Tensor Any() => Any([]);

    /// <summary>Whether any element along some dimensions is true (numbers: not 0).</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    public Tensor Any(ReadOnlySpan<int> dims, bool keepDim = false) => Ne(0).Sum(dims, keepDim).Ne(0);
}
