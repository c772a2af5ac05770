namespace Autograd;

/// <summary>A tensor whose dimensions have labels: what an Einstein sum computes with.</summary>
/// <param name="value">The tensor.</param>
/// <param name="labels">The label of each dimension.</param>
internal readonly struct LabelledTensor(Tensor value, int[] labels)
{
    public int[] Labels => labels;

    /// <summary>The diagonals of dimensions with one label.</summary>
    public LabelledTensor Diagonals()
    {
        var (y, left) = (value, labels.ToList());
        for (var i = 0; i < left.Count; i++)
        {
            for (var j = left.LastIndexOf(left[i]); j > i; j = left.LastIndexOf(left[i]))
            {
                // A diagonal's dimension is the last of the result; it comes back to its place.
                y = y.Diagonal(0, i, j);
                left.RemoveAt(j);
                y = y.MoveDim(-1, i);
            }
        }

        return new(y, [.. left]);
    }

    /// <summary>Without dimensions of size 1 whose labels run further in another operand: the product does not depend on them.</summary>
    public LabelledTensor WithoutBroadcast(EinsumEquation terms)
    {
        var (y, left) = (value, labels.ToList());
        for (var i = left.Count - 1; i >= 0; i--)
        {
            if (y.Shape[i] != terms.Size(left[i]))
            {
                y = y.Squeeze(i);
                left.RemoveAt(i);
            }
        }

        return new(y, [.. left]);
    }

    /// <summary>Summed over all labels but these.</summary>
    public LabelledTensor SumBut(IReadOnlyCollection<int> kept)
    {
        var summed = new List<int>();
        for (var i = 0; i < labels.Length; i++)
        {
            if (!kept.Contains(labels[i]))
            {
                summed.Add(i);
            }
        }

        return summed.Count == 0 ? this : new(value.Sum([.. summed]), [.. labels.Where(kept.Contains)]);
    }

    /// <summary>The product with another one, summed over the labels that are not kept.</summary>
    public LabelledTensor Times(LabelledTensor other, HashSet<int> kept)
    {
        var (a, b) = (SumBut([.. kept, .. other.Labels]), other.SumBut([.. kept, .. labels]));
        int[] batch = [.. a.Labels.Intersect(b.Labels).Where(kept.Contains)];
        int[] summed = [.. a.Labels.Intersect(b.Labels).Except(batch)];
        int[] rows = [.. a.Labels.Except(b.Labels)], columns = [.. b.Labels.Except(a.Labels)];
        int[] result = [.. batch, .. rows, .. columns];
        var (x, y) = (a.Arrange([.. batch, .. rows, .. summed]), b.Arrange([.. batch, .. summed, .. columns]));
        if (summed.Length == 0)
        {
            int[] front = [.. x.Shape.AsSpan(), .. Enumerable.Repeat(1, columns.Length)];
            int[] back = [.. y.Shape.AsSpan()[..batch.Length], .. Enumerable.Repeat(1, rows.Length), .. y.Shape.AsSpan()[batch.Length..]];
            return new(x.Reshape(front) * y.Reshape(back), result);
        }

        ReadOnlySpan<int> left = x.Shape, right = y.Shape;
        var (batches, inner) = (batch.Length, summed.Length);
        int[] sizes = [.. left[..^inner], .. right[(batches + inner)..]];
        int[] outer = batches == 0 ? [] : [Count(left[..batches])];
        var product = x.Reshape([.. outer, Count(left[batches..^inner]), Count(left[^inner..])])
            .MatMul(y.Reshape([.. outer, Count(right[batches..(batches + inner)]), Count(right[(batches + inner)..])]));
        return new(product.Reshape(sizes), result);
    }

    /// <summary>The tensor with its dimensions in the order of some labels.</summary>
    public Tensor Arrange(int[] order)
    {
        var own = labels;
        return order.SequenceEqual(own) ? value : value.Permute(Array.ConvertAll(order, label => Array.IndexOf(own, label)));
    }

    private static int Count(ReadOnlySpan<int> sizes) => Shape.Create(sizes).ElementCount;
}
