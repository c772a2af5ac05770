using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>A truth value for each pair of numbers, with broadcasting. It is piecewise constant and never recorded.</summary>
internal abstract class Relation(Tensor a, Tensor b) : Binary(a, b, Promotion.Number(a, b), DType.Bool)
{
    internal sealed override DType LaneType { get; } = Promotion.Number(a, b);

    /// <inheritdoc/>
    protected sealed override Tensor VjpA(Tensor grad) => throw new InvalidOperationException("A truth value has no gradient.");

    /// <inheritdoc/>
    protected sealed override Tensor VjpB(Tensor grad) => throw new InvalidOperationException("A truth value has no gradient.");
}

/// <summary>A relation that is given for vectors; false where either number is NaN, except for inequality.</summary>
internal abstract class Relation<TRelation>(Tensor a, Tensor b) : Relation(a, b)
    where TRelation : struct, Comparison.IRelation
{
    internal sealed override LaneMethod? Lanes => LaneMethod.OfRelation<TRelation>.Instance;

    internal sealed override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        switch (LaneType)
        {
            case DType.Float32:
                Comparison.Compare<TRelation, float>(a.As<float>(), b.As<float>(), y.As<bool>());
                break;
            case DType.Float64:
                Comparison.Compare<TRelation, double>(a.As<double>(), b.As<double>(), y.As<bool>());
                break;
            default:
                Comparison.Compare<TRelation, long>(a.As<long>(), b.As<long>(), y.As<bool>());
                break;
        }
    }
}
