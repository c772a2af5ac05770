namespace Autograd.Evaluation;

/// <summary>A truth value for each pair of numbers, with broadcasting. It is piecewise constant and never recorded.</summary>
internal abstract class Relation(Tensor a, Tensor b)
    : Binary(a, b, Promotion.Number(a, b), DType.Bool)
{
    private readonly DType operandType = Promotion.Number(a, b);

    internal sealed override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        switch (operandType)
        {
            case DType.Float32:
                Kernel<float>(a.As<float>(), b.As<float>(), y.As<bool>());
                break;
            case DType.Float64:
                Kernel<double>(a.As<double>(), b.As<double>(), y.As<bool>());
                break;
            default:
                Kernel<long>(a.As<long>(), b.As<long>(), y.As<bool>());
                break;
        }
    }

    /// <summary>y[i] = whether a[i] and b[i] are so related; false where either is NaN, except for inequality.</summary>
    protected abstract void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y)
        where T : unmanaged, INumber<T>;

    /// <inheritdoc/>
    protected sealed override Tensor VjpA(Tensor grad) => throw new InvalidOperationException("A truth value has no gradient.");

    /// <inheritdoc/>
    protected sealed override Tensor VjpB(Tensor grad) => throw new InvalidOperationException("A truth value has no gradient.");
}
