using System.Buffers;
using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>y = the slices of x along one dimension that a list of indices names. The gradient is added up at the slices that were read.</summary>
[GradientTest("3x4, 5<4", Arguments = [1])]
[GradientTest("3x4, 2<3", Arguments = [0])]
[GradientTest("2x3x2, 0<3", Arguments = [1])]
internal sealed class IndexSelectOp : IndexedRead
{
    /// <summary>Elements that are worth a thread's while.</summary>
    private const int ElementsPerPiece = 1 << 14;

    public IndexSelectOp(Tensor x, Tensor index, int dim)
        : base(x, index, Dims.Normalize(dim, x.Rank, NameOf(typeof(IndexSelectOp))))
    {
        if (index.Rank != 1)
        {
            throw new ShapeException($"{Name}: the index must be a vector, not of shape {index.Shape}. Use x[.., index] for an index of any shape.");
        }

        var sizes = x.Shape.ToArray();
        sizes[Dim] = index.ElementCount;
        Shape = Shape.Create(sizes);
    }

    public override Tensor Batch(BatchInputs x)
        => !x.IsBatched(1) ? new IndexSelectOp(x[0], x[1], Dim + 1).Apply()
            : !x.IsBatched(0) ? new IndexSelectOp(x[0], x[1].Flatten(), Dim).Apply().Unflatten(Dim, x.Count, x[1].Shape[1]).MoveDim(Dim, 0)
            : new GatherOp(x[0], AlongDim(x[1], Dim + 1, x.Of(Shape)), Dim + 1).Apply();

    /// <summary>A vector of indices for each example, [batch, n], as an index for every element along <paramref name="dim"/>.</summary>
    public static Tensor AlongDim(Tensor index, int dim, Shape shape)
    {
        var sizes = new int[shape.Rank];
        Array.Fill(sizes, 1);
        (sizes[0], sizes[dim]) = (index.Shape[0], index.Shape[1]);
        return index.Reshape(sizes).Expand(shape);
    }

    protected override Tensor AddUp(Tensor zeros, Tensor index, Tensor grad) => new IndexAddOp(zeros, index, grad, Dim).Apply();

    protected override void Read<T>(Tensor values, Tensor index, Tensor results)
    {
        if (results.ElementCount == 0)
        {
            return;
        }

        var (width, count) = (From.RowMajorStrides[Dim], index.ElementCount);
        var places = ArrayPool<int>.Shared.Rent(count);
        IndexedPlaces.Slices(index, places, From, Dim, Name);
        var rowsPerPiece = Math.Max(1, ElementsPerPiece / width);
        var rows = results.ElementCount / width;
        Workers.Do(((rows - 1) / rowsPerPiece) + 1, new Rows<T>(values, places, From[Dim], count, results, width, rowsPerPiece));
        ArrayPool<int>.Shared.Return(places);
    }

    /// <summary>Some slices of the result: slice k of the o-th run of them is slice places[k] of x's o-th.</summary>
    private readonly struct Rows<T>(Tensor values, int[] places, int size, int count, Tensor results, int width, int rowsPerPiece) : IWork
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            ReadOnlySpan<T> from = values.Elements<T>();
            var to = results.Elements<T>();
            var end = (int)Math.Min((index + 1L) * rowsPerPiece, to.Length / width);
            var (outer, k) = Math.DivRem(index * rowsPerPiece, count);
            for (var row = index * rowsPerPiece; row < end; row++)
            {
                var place = (outer * size) + places[k];
                if (width == 1)
                {
                    to[row] = from[place];
                }
                else
                {
                    from.Slice(place * width, width).CopyTo(to[(row * width)..]);
                }

                if (++k == count)
                {
                    (outer, k) = (outer + 1, 0);
                }
            }
        }
    }
}

public partial class Tensor
{
    /// <summary>The slices along one dimension that <paramref name="index"/> names, in its order; a slice may be named several times.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">An Int64 vector, or a single number, which counts as a vector of one. Negative indices count from the end.</param>
    /// <exception cref="ShapeException">The index is not a vector.</exception>
    /// <exception cref="DTypeException">The index is not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Tensor IndexSelect(int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        index = index.Rank == 0 ? index.Reshape(1) : index;
        return Rank == 0 ? Reshape(1).IndexSelect(dim, index).Reshape([]) : new IndexSelectOp(this, index, dim).Apply();
    }
}
