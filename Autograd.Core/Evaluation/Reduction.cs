namespace Autograd.Evaluation;

/// <summary>y = x₁ ⊕ x₂ ⊕ … over some dimensions, for an associative ⊕. The order of evaluation is a tree that depends on the shape alone:
/// rounding errors grow with its height, and the number of threads changes no bit.</summary>
internal abstract class Reduction : TileOperation
{
    private Operand x;
    private bool[] reduced;
    private readonly bool keepDim;
    private Shape from;
    private ReductionSizes sizes;
    private int rowLength;

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

    /// <inheritdoc/>
    public sealed override Shape InputShape => from;

    /// <inheritdoc/>
    public sealed override int RowLength => rowLength;

    /// <inheritdoc/>
    public sealed override TileCut Cut => rowLength > 0 ? default : CutFor(sizes);

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
        sizes = ReductionSizes.Of(from, reduced);
        rowLength = IsOfRows ? sizes.Length : 0;
        return from.ElementCount < Fusion.Threshold || sizes.IsSplit ? ComputeFrom(X) : Pending.Postpone(this);
    }

    /// <summary>Whether rows are reduced that fit into the cache: then what depends on the results is computed while the rows are there.</summary>
    private bool IsOfRows => sizes is { Outer: > 1, Inner: 1, IsSplit: false } && sizes.Length >= Fusion.ShortestRow && sizes.Length <= Fusion.LongestRow;

    /// <inheritdoc/>
    internal sealed override Tensor ComputeFrom(Tensor input)
    {
        var y = Allocate.Tensor(Shape, DType);
        Evaluate(input, sizes, reduced, y);
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

    /// <summary>Computes the values of <paramref name="y"/> from those of <paramref name="input"/>.</summary>
    private protected abstract void Evaluate(Tensor input, in ReductionSizes sizes, ReadOnlySpan<bool> reduced, Tensor y);

    /// <summary>How tiles must be cut to be collected.</summary>
    private protected abstract TileCut CutFor(in ReductionSizes sizes);

    /// <summary>Collects tiles for the results <paramref name="y"/>.</summary>
    private protected abstract ITileSink NewSink(in ReductionSizes sizes, Tensor y);

    /// <inheritdoc/>
    internal sealed override ITileSink NewSink() => NewSink(sizes, Allocate.Tensor(Shape, DType));
}

/// <summary>A reduction by ⊕, given as a function of two numbers.</summary>
internal abstract class Reduction<TFunction>(Tensor x, DType common, int[] dims, bool keepDim) : Reduction(x, common, dims, keepDim)
    where TFunction : struct, Kernels.IFoldFunction
{
    internal sealed override FoldMethod? Fold => FoldMethod.Of<TFunction>.Instance;

    internal sealed override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        switch (DType)
        {
            case DType.Float32:
                Fold<float, TFunction>.Rows(a.As<float>(), y.As<float>());
                break;
            case DType.Float64:
                Fold<double, TFunction>.Rows(a.As<double>(), y.As<double>());
                break;
            default:
                Fold<long, TFunction>.Rows(a.As<long>(), y.As<long>());
                break;
        }
    }

    private protected sealed override TileCut CutFor(in ReductionSizes sizes) => Fold<float, TFunction>.CutFor(sizes);

    private protected sealed override ITileSink NewSink(in ReductionSizes sizes, Tensor y) => DType switch
    {
        DType.Float32 => Fold<float, TFunction>.NewSink(sizes, y),
        DType.Float64 => Fold<double, TFunction>.NewSink(sizes, y),
        _ => Fold<long, TFunction>.NewSink(sizes, y),
    };

    private protected sealed override void Evaluate(Tensor input, in ReductionSizes sizes, ReadOnlySpan<bool> reduced, Tensor y)
    {
        switch (DType)
        {
            case DType.Float32:
                Fold<float, TFunction>.Evaluate(input, sizes, reduced, y);
                break;
            case DType.Float64:
                Fold<double, TFunction>.Evaluate(input, sizes, reduced, y);
                break;
            default:
                Fold<long, TFunction>.Evaluate(input, sizes, reduced, y);
                break;
        }
    }
}
