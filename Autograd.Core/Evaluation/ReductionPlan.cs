namespace Autograd.Evaluation;

/// <summary>The sizes of a reduction brought to the form y[o, i] = ⊕ₗ x[o, l, i] over a row-major array. They depend on shape and dims alone.</summary>
/// <param name="Outer">Kept elements in front.</param>
/// <param name="Length">Elements that become one.</param>
/// <param name="Inner">Kept elements behind.</param>
/// <param name="IsSplit">Whether kept dimensions lie between reduced ones, so that the elements must be rearranged first.</param>
internal readonly record struct ReductionSizes(int Outer, int Length, int Inner, bool IsSplit)
{
    /// <summary>The sizes for the marked dimensions.</summary>
    public static ReductionSizes Of(Shape shape, ReadOnlySpan<bool> reduced)
    {
        var (outer, length, inner) = (1, 1, 1);
        var (begun, split) = (false, false);
        for (var i = 0; i < reduced.Length; i++)
        {
            var size = shape.AsSpan()[i];
            if (reduced[i])
            {
                split |= begun && inner != 1;
                begun = true;
                length *= size;
            }
            else if (begun)
            {
                inner *= size;
            }
            else
            {
                outer *= size;
            }
        }

        return new(outer, length, inner, split);
    }
}

/// <summary>A reduction of values in the form of <see cref="ReductionSizes"/>.</summary>
/// <param name="Source">The values, row-major.</param>
/// <param name="Outer">Kept elements in front.</param>
/// <param name="Length">Elements that become one.</param>
/// <param name="Inner">Kept elements behind.</param>
internal readonly record struct ReductionPlan(Tensor Source, int Outer, int Length, int Inner)
{
    /// <summary>Plans the reduction of the marked dimensions. Where they are not neighbours, or <paramref name="rowsOnly"/>, a copy brings them to the end.</summary>
    public static ReductionPlan For(Tensor x, ReadOnlySpan<bool> reduced, bool rowsOnly = false)
    {
        var (outer, length, inner, split) = ReductionSizes.Of(x.Shape, reduced);
        if (!split && !(rowsOnly && inner != 1))
        {
            return new(x.RowMajor(), outer, length, inner);
        }

        var order = new int[reduced.Length];
        var next = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < reduced.Length; i++)
            {
                if (reduced[i] == (pass == 1))
                {
                    order[next++] = i;
                }
            }
        }

        return new(new Tensor(x, x.Layout.Permute(order)).RowMajor(), outer * inner, length, 1);
    }

    /// <summary>The shape of the result.</summary>
    public static Shape ResultShape(Shape shape, ReadOnlySpan<bool> reduced, bool keepDim)
    {
        var sizes = new List<int>(shape.Rank);
        for (var i = 0; i < reduced.Length; i++)
        {
            if (!reduced[i])
            {
                sizes.Add(shape[i]);
            }
            else if (keepDim)
            {
                sizes.Add(1);
            }
        }

        return Shape.Create([.. sizes]);
    }
}
