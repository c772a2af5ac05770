namespace Autograd.Evaluation;

/// <summary>y = x₁ ⊕ x₂ ⊕ … over some dimensions, for an associative ⊕. The order of evaluation is a tree that depends on the shape alone:
/// rounding errors grow with its height, and the number of threads changes no bit.</summary>
internal abstract partial class Reduction : Operation
{
    private readonly bool[] reduced;
    private readonly bool keepDim;
    private readonly Shape from;
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

    /// <summary>⊕ over a row; not empty.</summary>
    protected abstract T Row<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>;

    /// <summary>y[i] = a[i] ⊕ b[i]; y may be a.</summary>
    protected abstract void Combine<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, INumber<T>;

    /// <summary>The value of a reduction of no elements.</summary>
    protected virtual T Identity<T>()
        where T : unmanaged, INumber<T>
        => T.Zero;

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        switch (DType)
        {
            case DType.Float32:
                Compute<float>(y);
                break;
            case DType.Float64:
                Compute<double>(y);
                break;
            default:
                Compute<long>(y);
                break;
        }

        return y;
    }

    private void Compute<T>(Tensor y)
        where T : unmanaged, INumber<T>
    {
        if (X.Pending is null || !TryStream<T>(y))
        {
            var plan = ReductionPlan.For(X, reduced);
            Reduce<T>(plan, y);
            GC.KeepAlive(plan.Source);
        }
    }
}
