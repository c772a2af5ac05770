using Autograd.Kernels;

namespace Autograd;

/// <summary>y = Σ x over some dimensions. dy/dx = 1: the gradient is repeated along them.</summary>
[GradientTest("3x2", "()", "0x3", "2x3x2", Arguments = [new int[0], false])]
[GradientTest("3x2", "0x3", Arguments = [new[] { 0 }, true])]
[GradientTest("2x3x2", Arguments = [new[] { 0, -1 }, false])]
internal sealed class SumOp(Tensor x, int[] dims, bool keepDim)
    : Reduction<Sum>(x, Promotion.Number(x), dims, keepDim)
{
    protected override bool HasIdentity => true;

    protected override Tensor Vjp(Tensor grad) => KeepDims(grad).Expand(From);
}

public partial class Tensor
{
    /// <summary>The sum of all elements; of Bool and Int64 elements in Int64. 0 for an empty tensor.</summary>
    public Tensor Sum() => Sum([]);

    /// <summary>The sum over one dimension.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    public Tensor Sum(int dim, bool keepDim = false) => Sum([dim], keepDim);

    /// <summary>The sum over some dimensions; of Bool and Int64 elements in Int64. 0 where there is nothing to sum.</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    /// <exception cref="ArgumentException">A dimension is named twice.</exception>
    public Tensor Sum(ReadOnlySpan<int> dims, bool keepDim = false) => dims.Length > 1 ? SumOfGroups(dims, keepDim) : new SumOp(this, dims.ToArray(), keepDim).Apply();

    /// <summary>The sum over several dimensions. Where kept ones lie between them, neighbours are summed first, the last before the others, so that nothing has to be rearranged.</summary>
    private Tensor SumOfGroups(ReadOnlySpan<int> dims, bool keepDim)
    {
        var reduced = Dims.ToMask(dims.ToArray(), Rank, nameof(Sum));
        if (!ReductionSizes.Of(Shape, reduced).IsSplit)
        {
            return new SumOp(this, dims.ToArray(), keepDim).Apply();
        }

        var first = Array.LastIndexOf(reduced, true);
        while (first > 0 && (reduced[first - 1] || Shape[first - 1] == 1))
        {
            first--;
        }

        var all = Enumerable.Range(0, Rank).Where(i => reduced[i]).ToLookup(i => i < first);
        var sum = Sum([.. all[false]], keepDim: true).Sum([.. all[true]], keepDim: true);
        return keepDim ? sum : sum.Reshape(ReductionPlan.ResultShape(Shape, reduced, keepDim: false));
    }

    /// <summary>The sum over all dimensions along which <paramref name="shape"/> broadcasts to this tensor's shape: the adjoint of <see cref="Expand"/>.</summary>
    /// <param name="shape">A shape that broadcasts to this one's.</param>
    /// <exception cref="ShapeException">It does not broadcast.</exception>
    public Tensor SumTo(params ReadOnlySpan<int> shape)
    {
        var target = Shape.Create(shape);
        if (!Shape.CoversAll(target))
        {
            throw new ShapeException($"SumTo: shape {target} does not broadcast to {Shape}.");
        }

        var lead = Rank - target.Rank;
        var dims = new List<int>(Rank);
        for (var i = 0; i < Rank; i++)
        {
            if (i < lead || (target[i - lead] == 1 && Shape[i] != 1))
            {
                dims.Add(i);
            }
        }

        // Where only leading dimensions go, the sum has the target's shape without being reshaped, and need not be computed yet.
        return dims.Count == 0 ? Captured : Sum([.. dims], keepDim: dims.Count != lead).Reshape(target);
    }
}
