namespace Autograd.Evaluation;

/// <summary>y = x₁ ⊕ x₂ ⊕ … over some dimensions, for an associative ⊕. The order of evaluation is a tree that depends on the shape alone:
/// rounding errors grow with its height, and the number of threads changes no bit.</summary>
internal abstract class Reduction : Operation
{
    private bool[] reduced;
    private readonly bool keepDim;
    private Shape from;
    private Operand x;

    /// <summary>Reduces the dimensions <paramref name="dims"/>, or all if there are none.</summary>
    protected Reduction(Tensor x, DType common, int[] dims, bool keepDim)
        : base(common)
    {
        this.x = new Operand(x, common);
        this.keepDim = keepDim;
        from = x.Shape;
        reduced = Dims.ToMask(dims, x.Rank, Name);
        Shape = ReductionPlan.ResultShape(from, reduced, keepDim);
        if (!HasIdentity && from.ElementCount == 0 && Shape.ElementCount > 0)
        {
            throw new ShapeException($"{Name}: shape {from} has no elements along the reduced dimensions, and {Name} of nothing is not defined.");
        }
    }

    /// <inheritdoc/>
    public sealed override int InputCount => 1;

    /// <summary>The input.</summary>
    protected Tensor X => ValueOf(0);

    /// <summary>The shape of the input.</summary>
    protected Shape From => from;

    /// <summary>Whether a reduction of no elements has a value.</summary>
    protected virtual bool HasIdentity => false;

    /// <inheritdoc/>
    public sealed override ref Operand Input(int index) => ref x;

    /// <inheritdoc/>
    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients) => gradients[0] = Vjp(grad);

    /// <summary>The gradient with respect to X, given <paramref name="grad"/>, the one with respect to Y.</summary>
    protected abstract Tensor Vjp(Tensor grad);

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

    /// <inheritdoc/>
    public sealed override Tensor Batch(BatchInputs x)
    {
        if (from.Rank == 0)
        {
            return x[0];
        }

        var all = (Reduction)On([x[0]], x.Of(Shape));
        (all.from, all.reduced) = (x[0].Shape, [false, .. reduced]);
        return all.Apply();
    }

    /// <summary>Computes the values.</summary>
    private protected abstract void Evaluate(in ReductionSizes sizes, ReadOnlySpan<bool> reduced, Tensor y);
}

/// <summary>A reduction by ⊕, given as a function of two numbers of each type.</summary>
internal abstract class Reduction<TSingle, TDouble, TInteger>(Tensor x, DType common, int[] dims, bool keepDim) : Reduction(x, common, dims, keepDim)
    where TSingle : struct, Kernels.IPairFunction<float>
    where TDouble : struct, Kernels.IPairFunction<double>
    where TInteger : struct, Kernels.IPairFunction<long>
{
    private protected sealed override void Evaluate(in ReductionSizes sizes, ReadOnlySpan<bool> reduced, Tensor y)
    {
        switch (DType)
        {
            case DType.Float32:
                Fold<float, TSingle>.Evaluate(X, sizes, reduced, y);
                break;
            case DType.Float64:
                Fold<double, TDouble>.Evaluate(X, sizes, reduced, y);
                break;
            default:
                Fold<long, TInteger>.Evaluate(X, sizes, reduced, y);
                break;
        }
    }
}
