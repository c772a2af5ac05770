namespace Autograd;

public partial class Tensor
{
    /// <summary>Part of the tensor: <c>x[1..3, ^1]</c>, <c>x[.., mask]</c>, <c>x[TensorIndex.Ellipsis, 0]</c>, <c>x[indices]</c>. Numbers and ranges give a view; index tensors and masks a copy.</summary>
    /// <param name="entries">One entry a dimension; those not named are taken whole. Index tensors broadcast against each other; their dimensions come in place of the indexed ones
    /// if those are neighbours, else in front (NumPy's rule; a number only takes its dimension away, as in PyTorch, and is no index tensor).</param>
    /// <exception cref="ShapeException">There are more entries than dimensions, or a mask does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    [System.Runtime.CompilerServices.IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<TensorIndex> entries]
    {
        get
        {
            var subscript = Subscript.Parse(Shape, entries);
            var part = new SelectOp(this, subscript.Basic).Apply().Reshape(subscript.BasicShape);
            return subscript.IsAdvanced ? part.TakeRows(subscript) : part;
        }
    }

    /// <summary>The tensor with another value at some places; the tensor itself stays as it is. The gradient of these places flows to the value;
    /// where index tensors name a place twice, the last value counts, but all of them receive the gradient (as in PyTorch).</summary>
    /// <param name="entries">The places, as in <c>x[…]</c>; but in this list <c>..</c> would begin a spread, so a whole dimension is <c>0..</c>.</param>
    /// <param name="value">What comes there: of the places' shape, or one that broadcasts to it. It is converted to this tensor's type.</param>
    /// <exception cref="ShapeException">The value does not fit the places.</exception>
    /// <example><code>var y = x.With([0, 1..3], 5);</code></example>
    public Tensor With(ReadOnlySpan<TensorIndex> entries, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var subscript = Subscript.Parse(Shape, entries);
        var places = subscript.IsAdvanced ? new SelectOp(this, subscript.Basic).Apply().Reshape(subscript.BasicShape) : null;
        var target = places?.ResultShape(subscript) ?? subscript.BasicShape;
        if (!target.CoversAll(value.Shape))
        {
            throw new ShapeException($"With: a value of shape {value.Shape} does not fit the selected places, of shape {target}.");
        }

        var content = places is null
            ? value.Expand(target)
            : places.PutRows(subscript, value.Expand(target).To(DType));
        var selected = subscript.Basic.Of(Layout).Shape;
        return new PlaceOp(this, content.Reshape(selected), subscript.Basic).Apply();
    }

    /// <summary>The tensor with a number at some places; the tensor itself stays as it is.</summary>
    /// <param name="entries">The places, as in <c>x[…]</c>.</param>
    /// <param name="value">The number.</param>
    public Tensor With(ReadOnlySpan<TensorIndex> entries, Scalar value) => With(entries, Constants.Of(value, DType));

    // Advanced indexing: the indexed dimensions come to the front and become one, along which the linear indices select.
    private Tensor TakeRows(Subscript subscript)
    {
        var (order, rows, linear) = IndexedRows(subscript);
        var taken = Permute(order).Reshape(rows).IndexSelect(0, linear.Flatten());
        var (count, rest) = (linear.Rank, order[subscript.Tensors.Count..]);
        int[] sizes = [.. linear.Shape, .. rest.Select(d => Shape[d])];
        return taken.Reshape(sizes).Permute(FrontTo(subscript.ResultPlace, count, sizes.Length));
    }

    private Tensor PutRows(Subscript subscript, Tensor value)
    {
        var (order, rows, linear) = IndexedRows(subscript);
        var back = FrontTo(subscript.ResultPlace, linear.Rank, value.Rank);
        var source = value.Permute(Inverse(back)).Reshape([linear.ElementCount, rows[1]]);
        var index = linear.Reshape(-1 * Math.Sign(linear.ElementCount), 1).Expand(linear.ElementCount, rows[1]);
        var updated = Permute(order).Reshape(rows).Scatter(0, index, source);
        return updated.Reshape([.. order.Select(d => Shape[d])]).Permute(Inverse(order));
    }

    private Shape ResultShape(Subscript subscript)
    {
        List<int> sizes = [.. Shape];
        for (var i = subscript.Tensors.Count - 1; i >= 0; i--)
        {
            sizes.RemoveAt(subscript.Tensors[i].Dim);
        }

        sizes.InsertRange(subscript.ResultPlace, subscript.Tensors[0].Index.Shape);
        return Shape.Create([.. sizes]);
    }

    private (int[] Order, int[] Rows, Tensor Linear) IndexedRows(Subscript subscript)
    {
        int[] indexed = [.. subscript.Tensors.Select(t => t.Dim)];
        int[] order = [.. indexed, .. Enumerable.Range(0, Rank).Except(indexed)];
        var linear = Zeros(subscript.Tensors[0].Index.Shape, DType.Int64);
        var count = 1;
        foreach (var (dim, index) in subscript.Tensors)
        {
            var size = Shape[dim];
            foreach (var place in index.AsSpan<long>())
            {
                IndexedPlaces.Check(place, size, Shape, dim, "Index");
            }

            linear = (linear * size) + Where(index < 0, index + size, index);
            count *= size;
        }

        var rest = 1;
        foreach (var d in order.AsSpan(indexed.Length))
        {
            rest *= Shape[d];
        }

        return (order, [count, rest], linear);
    }

    /// <summary>The order of dimensions that moves the first <paramref name="count"/> behind the next <paramref name="place"/>.</summary>
    private static int[] FrontTo(int place, int count, int rank)
        => [.. Enumerable.Range(count, place), .. Enumerable.Range(0, count), .. Enumerable.Range(count + place, rank - count - place)];

    private static int[] Inverse(int[] order)
    {
        var inverse = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        return inverse;
    }
}
