using System.Buffers;
using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>y[p] = x[p with coordinate dim replaced by index[p]]. The gradient is added up at the places that were read.</summary>
[GradientTest("3x4, 3x2<4", Arguments = [1])]
[GradientTest("3x4, 2x3<3", Arguments = [0])]
[GradientTest("5, 0<5", Arguments = [0])]
internal sealed class GatherOp : IndexedRead
{
    public GatherOp(Tensor x, Tensor index, int dim)
        : base(x, index, Dims.NormalizeScalarAsVector(dim, x.Rank, NameOf(typeof(GatherOp))))
    {
        IndexedPlaces.CheckFits(index.Shape, x.Shape, Dim, Name);
        Shape = index.Shape;
    }

    public override Tensor Batch(BatchInputs x)
        => Shape.Rank == 0
            ? new GatherOp(x.Full(0).Unsqueeze(1), x.Full(1).Unsqueeze(1), 1).Apply().Squeeze(1)
            : new GatherOp(x.Full(0), x.Full(1), Dim + 1).Apply();

    protected override Tensor AddUp(Tensor zeros, Tensor index, Tensor grad) => new ScatterAddOp(zeros, index, grad, Dim).Apply();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Read<T>(Tensor values, Tensor index, Tensor results)
    {
        ReadOnlySpan<T> from = values.Elements<T>();
        var to = results.Elements<T>();
        var rented = ArrayPool<int>.Shared.Rent(to.Length);
        var places = rented.AsSpan(0, to.Length);
        IndexedPlaces.Fill(index, From, Dim, Name, places);
        for (var i = 0; i < places.Length; i++)
        {
            to[i] = from[places[i]];
        }

        ArrayPool<int>.Shared.Return(rented);
    }
}

public partial class Tensor
{
    /// <summary>Elements picked along one dimension: y[i, j] = x[index[i, j], j] for dim 0, x[i, index[i, j]] for dim 1, and so on.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">Int64, of this tensor's rank (a tensor of rank 0 counts as a vector of one); its shape is the result's. Negative indices count from the end.</param>
    /// <exception cref="ShapeException">The index does not fit the shape.</exception>
    /// <exception cref="DTypeException">The index is not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Tensor Gather(int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return Rank == 0 && index.Rank == 1 ? Reshape(1).Gather(dim, index) : new GatherOp(this, index, dim).Apply();
    }

    /// <summary>As <see cref="Gather"/>, where index and tensor broadcast against each other except along the dimension.</summary>
    /// <param name="index">Int64.</param>
    /// <param name="dim">The dimension; left out, both are flattened first.</param>
    public Tensor TakeAlongDim(Tensor index, int? dim = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (dim is not { } along)
        {
            return Flatten().Gather(0, index.Flatten());
        }

        var d = Dims.Normalize(along, Rank, nameof(TakeAlongDim));
        if (index.Rank != Rank)
        {
            throw new ShapeException($"TakeAlongDim: an index of shape {index.Shape} needs as many dimensions as shape {Shape}.");
        }

        var (sizes, places) = (Shape.ToArray(), index.Shape.ToArray());
        for (var i = 0; i < sizes.Length; i++)
        {
            if (i != d)
            {
                places[i] = places[i] == 1 ? sizes[i] : places[i];
                sizes[i] = sizes[i] == 1 ? places[i] : sizes[i];
            }
        }

        return Expand(sizes).Gather(d, index.Expand(places));
    }
}
