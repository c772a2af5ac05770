namespace Autograd;

/// <summary>The entries of <c>x[…]</c> sorted out: numbers and ranges become one <see cref="SliceSelection"/>, new axes a reshape, index tensors and masks a gather.</summary>
internal sealed class Subscript
{
    private readonly Shape from;
    private readonly List<int> sizes = [];
    private readonly List<(int Dim, Tensor Index)> tensors = [];
    private int dim;
    private bool adjacent = true;

    private Subscript(Shape from)
    {
        this.from = from;
        Basic = SliceSelection.All(from);
    }

    /// <summary>The numbers and ranges.</summary>
    public SliceSelection Basic { get; }

    /// <summary>The shape after numbers have lost and new axes have got their dimension.</summary>
    public Shape BasicShape => Shape.Create([.. sizes]);

    /// <summary>Whether there are index tensors or masks.</summary>
    public bool IsAdvanced => tensors.Count > 0;

    /// <summary>Int64 index tensors of one shape, and their dimensions of <see cref="BasicShape"/>.</summary>
    public IReadOnlyList<(int Dim, Tensor Index)> Tensors => tensors;

    /// <summary>Where the dimensions of the index tensors come in the result: in place of theirs if those are neighbours, else in front (NumPy's rule).</summary>
    public int ResultPlace => adjacent ? tensors[0].Dim : 0;

    /// <summary>Sorts out the entries for a tensor of shape <paramref name="shape"/>.</summary>
    public static Subscript Parse(Shape shape, ReadOnlySpan<TensorIndex> entries)
    {
        var result = new Subscript(shape);
        var consumed = 0;
        foreach (var entry in entries)
        {
            consumed += entry.Kind switch
            {
                IndexKind.NewAxis or IndexKind.Ellipsis => 0,
                IndexKind.Tensor when entry.Tensor!.DType == DType.Bool => entry.Tensor.Rank,
                _ => 1,
            };
        }

        if (consumed > shape.Rank)
        {
            throw new ShapeException($"Index: {consumed} dimensions are indexed, but shape {shape} has {shape.Rank}.");
        }

        var seenEllipsis = false;
        foreach (var entry in entries)
        {
            if (entry.Kind == IndexKind.Ellipsis)
            {
                if (seenEllipsis)
                {
                    throw new ShapeException("Index: Ellipsis stands for all dimensions that are left, so it can be used only once.");
                }

                seenEllipsis = true;
                result.Keep(shape.Rank - consumed);
            }
            else
            {
                result.Add(entry);
            }
        }

        result.Keep(shape.Rank - result.dim);
        result.BroadcastTensors();
        return result;
    }

    private void Keep(int count)
    {
        for (; count > 0; count--)
        {
            sizes.Add(from[dim++]);
        }
    }

    private void Add(TensorIndex entry)
    {
        switch (entry.Kind)
        {
            case IndexKind.NewAxis:
                sizes.Add(1);
                break;
            case IndexKind.Number:
                (Basic.Starts[dim], Basic.Counts[dim]) = (Element(entry.Start!.Value), 1);
                dim++;
                break;
            case IndexKind.Slice:
                AddSlice(entry);
                break;
            case IndexKind.Tensor when entry.Tensor!.DType == DType.Bool:
                AddMask(entry.Tensor);
                break;
            default:
                AddTensor(IndexedPlaces.Whole(entry.Tensor!, "Index"));
                Keep(1);
                break;
        }
    }

    private int Element(int index)
    {
        var size = from[dim];
        var place = index < 0 ? index + size : index;
        return (uint)place < (uint)size
            ? place
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"Index: dimension {dim} of shape {from} has elements 0 to {size - 1} (or {-size} to -1), not {index}.");
    }

    private void AddSlice(TensorIndex entry)
    {
        var size = from[dim];
        int Bound(int bound) => Math.Clamp(bound < 0 ? bound + size : bound, 0, size);
        var (start, stop) = (Bound(entry.Start ?? 0), Bound(entry.Stop ?? size));
        var count = stop > start ? ((stop - start - 1) / entry.Step) + 1 : 0;
        (Basic.Starts[dim], Basic.Counts[dim], Basic.Steps[dim]) = (start, count, entry.Step);
        sizes.Add(count);
        dim++;
    }

    private void AddTensor(Tensor index)
    {
        adjacent &= tensors.Count == 0 || tensors[^1].Dim == sizes.Count - 1;
        tensors.Add((sizes.Count, index));
    }

    private void AddMask(Tensor mask)
    {
        for (var i = 0; i < mask.Rank; i++)
        {
            if (mask.Shape[i] != from[dim + i])
            {
                throw new ShapeException($"Index: a mask of shape {mask.Shape} does not fit dimensions {dim} to {dim + mask.Rank - 1} of shape {from}.");
            }
        }

        if (mask.Rank == 0)
        {
            throw new ShapeException("Index: a mask of rank 0 selects nothing along any dimension; use Where, or a mask of the tensor's shape.");
        }

        foreach (var column in mask.Nonzero().Unbind(1))
        {
            AddTensor(column);
            Keep(1);
        }
    }

    private void BroadcastTensors()
    {
        if (tensors.Count == 0)
        {
            return;
        }

        var shape = tensors[0].Index.Shape;
        foreach (var (_, index) in tensors)
        {
            shape = Shape.TryBroadcast(shape, index.Shape) ?? throw Shape.NotBroadcastable(shape, index.Shape, "Index");
        }

        for (var i = 0; i < tensors.Count; i++)
        {
            tensors[i] = (tensors[i].Dim, tensors[i].Index.Expand(shape));
        }
    }
}
