namespace Autograd;

/// <summary>y = x with y[p with coordinate dim replaced by index[p]] set to source[p], the last one where several meet. dy/dx is 0 at these places; the source's gradient is gathered.</summary>
[GradientTest("3x4, 3x2<4!, 3x2", Arguments = [1])]
[GradientTest("3x4, 2x3<3!, 3x4", Arguments = [0])]
internal sealed class ScatterOp(Tensor x, Tensor index, Tensor source, int dim) : IndexedUpdate(x, index, source, dim)
{
    protected override Tensor VjpTarget(Tensor grad) => grad.Scatter(Dim, Index, 0);

    protected override void Write<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> places, Span<T> target)
    {
        for (var i = 0; i < places.Length; i++)
        {
            target[places[i]] = values[i];
        }
    }
}

public partial class Tensor
{
    /// <summary>The tensor with the elements of <paramref name="source"/> at the places that <paramref name="index"/> names: y[index[i, j], j] = source[i, j] for dim 0, and so on.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">Int64, of this tensor's rank. Where it names a place twice, the last one counts, but all receive the gradient.</param>
    /// <param name="source">At least as large as the index; of this tensor's type.</param>
    /// <exception cref="ShapeException">The index does not fit the shapes.</exception>
    /// <exception cref="DTypeException">The index is not Int64, or the types differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Tensor Scatter(int dim, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        return new ScatterOp(this, index, source, dim).Apply();
    }

    /// <summary>The tensor with <paramref name="value"/> at the places that <paramref name="index"/> names.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">Int64, of this tensor's rank.</param>
    /// <param name="value">The number.</param>
    public Tensor Scatter(int dim, Tensor index, Scalar value)
    {
        ArgumentNullException.ThrowIfNull(index);
        return Scatter(dim, index, Constants.Of(value, DType).Expand(index.Shape));
    }
}
