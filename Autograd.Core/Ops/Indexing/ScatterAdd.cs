using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>y = x with source[p] added to y[p with coordinate dim replaced by index[p]]. dy/dx = 1; the source's gradient is gathered.</summary>
[GradientTest("3x4, 3x2<4, 3x2", Arguments = [1])]
[GradientTest("3x4, 2x3<3, 3x4", Arguments = [0])]
internal sealed class ScatterAddOp(Tensor x, Tensor index, Tensor source, int dim) : IndexedUpdate(x, index, source, dim)
{
    protected override Tensor VjpTarget(Tensor grad) => grad;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Write<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> places, Span<T> target)
    {
        for (var i = 0; i < places.Length; i++)
        {
            target[places[i]] += values[i];
        }
    }
}

public partial class Tensor
{
    /// <summary>The tensor with the elements of <paramref name="source"/> added at the places that <paramref name="index"/> names: y[index[i, j], j] += source[i, j] for dim 0, and so on.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">Int64, of this tensor's rank. Negative indices count from the end.</param>
    /// <param name="source">At least as large as the index; of this tensor's type.</param>
    /// <exception cref="ShapeException">The index does not fit the shapes.</exception>
    /// <exception cref="DTypeException">The index is not Int64, or the types differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Tensor ScatterAdd(int dim, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        return DType != DType.Bool
            ? new ScatterAddOp(this, index, source, dim).Apply()
            : throw new DTypeException("ScatterAdd: Bool tensors cannot be added up. Convert them: x.To(DType.Int64).");
    }

    /// <summary>Zeros around this tensor, which stays in the corner of the first elements.</summary>
    internal Tensor PadTo(Shape shape)
    {
        if (shape == Shape)
        {
            return this;
        }

        var padding = new int[2 * Rank];
        for (var i = 0; i < Rank; i++)
        {
            padding[(2 * i) + 1] = shape[Rank - 1 - i] - Shape[Rank - 1 - i];
        }

        return Pad(padding);
    }
}
