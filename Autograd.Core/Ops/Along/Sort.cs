using System.Buffers;

namespace Autograd;

/// <summary>The places of the elements along one dimension in the order of their values, equal ones in the order of their places; never recorded.</summary>
internal sealed class ArgSortOp(Tensor x, int dim, bool descending) : AlongDimension(x, dim, Promotion.Number(x), DType.Int64)
{
    protected override Tensor Vjp(Tensor grad) => throw new InvalidOperationException("A place has no gradient.");

    protected override void Rows<T>(ReadOnlySpan<T> x, Tensor y, int length, int inner)
    {
        var places = y.Elements<long>();
        var (keys, order) = (ArrayPool<ulong>.Shared.Rent(length), ArrayPool<int>.Shared.Rent(length));
        for (var start = 0; start < x.Length; start += length * inner)
        {
            for (var i = 0; i < inner; i++)
            {
                var row = start + i;
                for (var l = 0; l < length; l++)
                {
                    keys[l] = descending ? ~Kernels.SortKey.Of(x[row + (l * inner)]) : Kernels.SortKey.Of(x[row + (l * inner)]);
                    order[l] = l;
                }

                Kernels.SortKey.SortStably(keys.AsSpan(0, length), order.AsSpan(0, length));
                for (var l = 0; l < length; l++)
                {
                    places[row + (l * inner)] = order[l];
                }
            }
        }

        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(order);
    }
}

public partial class Tensor
{
    /// <summary>The elements in the order of their values along one dimension, and where they came from: y = x.Gather(dim, indices). Stable: equal elements (0 and −0, too) keep their order. NaN counts as the greatest.
    /// The gradient goes back to where each element came from.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    /// <example><code>var (values, indices) = x.Sort(1, descending: true);</code></example>
    public (Tensor Values, Tensor Indices) Sort(int dim = -1, bool descending = false) => Picked(ArgSort(dim, descending), dim);

    /// <summary>The places that put the elements along one dimension in the order of their values, as Int64. Stable: equal elements keep their order. NaN counts as the greatest.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor ArgSort(int dim = -1, bool descending = false) => new ArgSortOp(this, dim, descending).Apply();

    /// <summary>The <paramref name="k"/> greatest (or least) elements along one dimension, in order, and their places; of equal ones the first. NaN counts as the greatest.</summary>
    /// <param name="k">How many: 0 to the size of the dimension.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="largest">Whether the greatest are wanted, or the least.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension, or there are not as many elements.</exception>
    public (Tensor Values, Tensor Indices) TopK(int k, int dim = -1, bool largest = true)
    {
        var size = SizeAlong(dim, nameof(TopK));
        if (k < 0 || k > size)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"TopK: there are {size} elements along dimension {dim} of shape {Shape}, not {k}.");
        }

        var order = ArgSort(dim, largest);
        return Picked(Rank == 0 ? order.Reshape(1).Narrow(0, 0, k).Reshape(k == 1 ? [] : [0]) : order.Narrow(dim, 0, k), dim);
    }

    /// <summary>The <paramref name="k"/>-th least element along one dimension, and its place. NaN counts as the greatest. The gradient goes to that place.</summary>
    /// <param name="k">1 to the size of the dimension.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension, or there are not as many elements.</exception>
    public (Tensor Values, Tensor Indices) KthValue(int k, int dim = -1, bool keepDim = false)
    {
        var size = SizeAlong(dim, nameof(KthValue));
        if (k < 1 || k > size)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"KthValue: there are {size} elements along dimension {dim} of shape {Shape}; k counts them from 1, and is {k}.");
        }

        var order = ArgSort(dim);
        return Picked(Rank == 0 ? order : order.Narrow(dim, k - 1, 1), dim, keepDim);
    }

    private int SizeAlong(int dim, string operation)
    {
        var d = Dims.NormalizeScalarAsVector(dim, Rank, operation);
        return Rank == 0 ? 1 : Shape[d];
    }
}
