using Autograd.Kernels;

namespace Autograd;

/// <summary>y = the greatest element over some dimensions; NaN if there is one. The gradient is shared evenly by the elements that are equal to it.</summary>
[GradientTest("3x2", "()", "2x3x2", Arguments = [new int[0], false], Domain = Domain.Distinct)]
[GradientTest("3x2", Arguments = [new[] { 0 }, true], Domain = Domain.Distinct)]
[GradientTest("2x3x2", Arguments = [new[] { 0, -1 }, false], Domain = Domain.Distinct)]
internal sealed class AmaxOp(Tensor x, int[] dims, bool keepDim)
    : Reduction<Greater>(x, Promotion.Number(x), dims, keepDim)
{
    public override Reads Reads => Reads.First | Reads.Output;

    protected override Tensor Vjp(Tensor grad)
    {
        var chosen = X.Eq(KeepDims(Y)).To(DType);
        return KeepDims(grad) * (chosen / chosen.Sum(ReducedDims(), keepDim: true));
    }
}

public partial class Tensor
{
    /// <summary>The greatest of all elements; NaN if there is one. The gradient is shared evenly by the elements that are equal to it.</summary>
    /// <exception cref="ShapeException">The tensor is empty.</exception>
    public Tensor Amax() => Amax([]);

    /// <summary>The greatest element over one dimension.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    public Tensor Amax(int dim, bool keepDim = false) => Amax([dim], keepDim);

    /// <summary>The greatest element over some dimensions; NaN if there is one. The gradient is shared evenly by the elements that are equal to it.</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public Tensor Amax(ReadOnlySpan<int> dims, bool keepDim = false) => new AmaxOp(this, dims.ToArray(), keepDim).Apply();
}
