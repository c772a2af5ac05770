namespace Autograd.Evaluation;

/// <summary>Where the elements of a tensor lie in its storage: element (i₀, i₁, …) is at offset + Σ iₖ·strideₖ.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="strides">The distance between neighbours along each dimension; 0 repeats, negative runs backwards.</param>
/// <param name="offset">The place of the first element.</param>
internal readonly struct Layout(Shape shape, int[] strides, int offset)
{
    public Shape Shape { get; } = shape;

    public int[] Strides { get; } = strides;

    /// <summary>The place of the first element; 0 where there is none, so that it never lies outside the storage.</summary>
    public int Offset { get; } = shape.ElementCount == 0 ? 0 : offset;

    public static Layout RowMajor(Shape shape) => new(shape, shape.RowMajorStrides, 0);

    /// <summary>Whether the elements lie one after the other in row-major order (dimensions of size 1 may have any stride).</summary>
    public bool IsContiguous
    {
        get
        {
            if (Shape.ElementCount == 0)
            {
                return true;
            }

            var expected = 1;
            for (var i = Shape.Rank - 1; i >= 0; i--)
            {
                var size = Shape.AsSpan()[i];
                if (size != 1 && Strides[i] != expected)
                {
                    return false;
                }

                expected *= size;
            }

            return true;
        }
    }

    /// <summary>The dimensions in a new order: result dimension k is this one's dimension <paramref name="order"/>[k].</summary>
    public Layout Permute(ReadOnlySpan<int> order)
    {
        var (sizes, strides) = (new int[order.Length], new int[order.Length]);
        for (var i = 0; i < order.Length; i++)
        {
            sizes[i] = Shape.AsSpan()[order[i]];
            strides[i] = Strides[order[i]];
        }

        return new(Shape.Create(sizes), strides, Offset);
    }

    /// <summary>Stride 0 along the dimensions that <paramref name="target"/> repeats; the shapes are known to broadcast.</summary>
    public Layout Expand(Shape target)
    {
        var lead = target.Rank - Shape.Rank;
        var strides = new int[target.Rank];
        for (var i = lead; i < target.Rank; i++)
        {
            strides[i] = Shape.AsSpan()[i - lead] == 1 ? 0 : Strides[i - lead];
        }

        return new(target, strides, Offset);
    }

    /// <summary>Every <paramref name="steps"/>[k]-th element along dimension k, <paramref name="counts"/>[k] of them from <paramref name="starts"/>[k] on.</summary>
    public Layout Slice(ReadOnlySpan<int> starts, ReadOnlySpan<int> counts, ReadOnlySpan<int> steps)
    {
        var strides = new int[counts.Length];
        var offset = Offset;
        for (var i = 0; i < counts.Length; i++)
        {
            strides[i] = Strides[i] * steps[i];
            offset += counts[i] == 0 ? 0 : Strides[i] * starts[i];
        }

        return new(Shape.Create(counts), strides, offset);
    }

    /// <summary>The diagonals of the planes spanned by two dimensions, as a new last dimension.</summary>
    public Layout Diagonal(int offset, int dim0, int dim1)
    {
        var (rows, columns) = (Shape.AsSpan()[dim0], Shape.AsSpan()[dim1]);
        var length = Math.Max(0, offset >= 0 ? Math.Min(rows, columns - offset) : Math.Min(rows + offset, columns));
        var (sizes, strides) = (new int[Shape.Rank - 1], new int[Shape.Rank - 1]);
        var next = 0;
        for (var i = 0; i < Shape.Rank; i++)
        {
            if (i != dim0 && i != dim1)
            {
                sizes[next] = Shape.AsSpan()[i];
                strides[next++] = Strides[i];
            }
        }

        sizes[next] = length;
        strides[next] = Strides[dim0] + Strides[dim1];
        var start = length == 0 ? 0 : offset >= 0 ? offset * Strides[dim1] : -offset * Strides[dim0];
        return new(Shape.Create(sizes), strides, Offset + start);
    }

    /// <summary>Whether the elements are those of one contiguous run, each repeated equally often, and that again and again:
    /// element i is number (i mod period) / copies of the run.</summary>
    public bool TryFindRepetition(out int copies, out int period)
    {
        (copies, period) = (1, 1);
        var i = Shape.Rank - 1;
        for (; i >= 0 && (Shape.AsSpan()[i] == 1 || Strides[i] == 0); i--)
        {
            copies *= Shape.AsSpan()[i];
        }

        var run = 1;
        for (; i >= 0 && (Shape.AsSpan()[i] == 1 || Strides[i] == run); i--)
        {
            run *= Shape.AsSpan()[i];
        }

        period = copies * run;
        for (; i >= 0; i--)
        {
            if (Shape.AsSpan()[i] != 1 && Strides[i] != 0)
            {
                return false;
            }
        }

        return period > 0;
    }

    /// <summary>The same elements in the same order under other sizes, if one stride a dimension can express it.</summary>
    /// <param name="target">A shape of equally many elements.</param>
    /// <param name="view">The layout, when there is one.</param>
    public bool TryReshape(Shape target, out Layout view)
    {
        view = new(target, IsContiguous ? target.RowMajorStrides : new int[target.Rank], Offset);
        if (IsContiguous)
        {
            return true;
        }

        // From the right: each maximal run of old dimensions that is one arithmetic progression must be a product of new ones.
        var sizes = Shape.AsSpan();
        var goal = target.AsSpan();
        var next = goal.Length - 1;
        for (var i = sizes.Length - 1; i >= 0;)
        {
            if (sizes[i] == 1)
            {
                i--;
                continue;
            }

            var (step, count) = (Strides[i], sizes[i--]);
            while (i >= 0 && (sizes[i] == 1 || Strides[i] == (long)count * step))
            {
                count *= sizes[i--];
            }

            var filled = 1;
            for (; next >= 0 && (filled < count || goal[next] == 1); next--)
            {
                view.Strides[next] = filled * step;
                filled *= goal[next];
            }

            if (filled != count)
            {
                return false;
            }
        }

        return true;
    }
}
