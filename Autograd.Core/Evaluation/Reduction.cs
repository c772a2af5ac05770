namespace Autograd.Evaluation;

/// <summary>y = x₁ ⊕ x₂ ⊕ … over some dimensions, for an associative ⊕. The order of evaluation is a tree that depends on the shape alone:
/// rounding errors grow with its height, and the number of threads changes no bit.</summary>
internal abstract class Reduction : UnaryOperation
{
    private readonly bool[] reduced;
    private readonly bool keepDim;
    private readonly Shape from;

    /// <summary>Reduces the dimensions <paramref name="dims"/>, or all if there are none.</summary>
    protected Reduction(Tensor x, DType common, int[] dims, bool keepDim)
        : base(x, common)
    {
        this.keepDim = keepDim;
        from = x.Shape;
        reduced = Dims.ToMask(dims, x.Rank, Name);
        Shape = ReductionPlan.ResultShape(from, reduced, keepDim);
        if (!HasIdentity && from.ElementCount == 0 && Shape.ElementCount > 0)
        {
            throw new ShapeException($"{Name}: shape {from} has no elements along the reduced dimensions, and {Name} of nothing is not defined.");
        }
    }

    /// <summary>The shape of the input.</summary>
    protected Shape From => from;

    /// <summary>Whether a reduction of no elements has a value.</summary>
    protected virtual bool HasIdentity => false;

    /// <summary>The marked dimensions back with size 1, so that a result broadcasts against X.</summary>
    protected Tensor KeepDims(Tensor result) => keepDim ? result : result.Reshape(ReductionPlan.ResultShape(from, reduced, keepDim: true));

    /// <summary>The dimensions that were reduced.</summary>
    protected int[] ReducedDims() => [.. Enumerable.Range(0, reduced.Length).Where(i => reduced[i])];

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        Evaluate(ReductionSizes.Of(from, reduced), reduced, y);
        return y;
    }

    /// <summary>Computes the values.</summary>
    private protected abstract void Evaluate(in ReductionSizes sizes, ReadOnlySpan<bool> reduced, Tensor y);
}

/// <summary>A reduction by ⊕, given as a function of two numbers.</summary>
internal abstract class Reduction<TFunction>(Tensor x, DType common, int[] dims, bool keepDim) : Reduction(x, common, dims, keepDim)
    where TFunction : struct, Kernels.IPairFunction
{
    private protected sealed override void Evaluate(in ReductionSizes sizes, ReadOnlySpan<bool> reduced, Tensor y)
    {
        switch (DType)
        {
            case DType.Float32:
                Fold<float, TFunction>.Evaluate(X, sizes, reduced, y);
                break;
            case DType.Float64:
                Fold<double, TFunction>.Evaluate(X, sizes, reduced, y);
                break;
            default:
                Fold<long, TFunction>.Evaluate(X, sizes, reduced, y);
                break;
        }
    }
}
