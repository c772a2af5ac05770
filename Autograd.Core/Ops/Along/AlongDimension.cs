namespace Autograd;

/// <summary>y has x's shape, and each of its rows along one dimension depends on that row of x alone: what running and sorting operations share.</summary>
internal abstract class AlongDimension : UnaryOperation
{
    private readonly bool[] along;

    /// <summary>Converts x to <paramref name="common"/>; the result has the type <paramref name="result"/>.</summary>
    protected AlongDimension(Tensor x, int dim, DType common, DType result)
        : base(x, common, result)
    {
        Dim = Dims.NormalizeScalarAsVector(dim, x.Rank, Name);
        along = new bool[x.Rank];
        if (x.Rank > 0)
        {
            along[Dim] = true;
        }

        Shape = x.Shape;
    }

    /// <summary>The dimension, 0 or more.</summary>
    protected int Dim { get; }

    /// <summary>Computes all rows: element l of row (o, i) is at (o·length + l)·inner + i, in x and in y.</summary>
    protected abstract void Rows<T>(ReadOnlySpan<T> x, Tensor y, int length, int inner)
        where T : unmanaged, INumber<T>;

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        if (Shape.ElementCount == 0)
        {
            return y;
        }

        var plan = ReductionPlan.For(X, along);
        var (length, inner) = (plan.Length, plan.Inner);
        switch (plan.Source.DType)
        {
            case DType.Float32:
                Rows<float>(plan.Source.Elements<float>(), y, length, inner);
                break;
            case DType.Float64:
                Rows<double>(plan.Source.Elements<double>(), y, length, inner);
                break;
            default:
                Rows<long>(plan.Source.Elements<long>(), y, length, inner);
                break;
        }

        GC.KeepAlive(plan.Source);
        return y;
    }
}
