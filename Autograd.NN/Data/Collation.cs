namespace Autograd.NN;

/// <summary>Batches of what is known: tensors and tuples of them.</summary>
internal static class Collation
{
    public static T Stack<T>(IReadOnlyList<T> items)
    {
        object batch = items switch
        {
            IReadOnlyList<Tensor> tensors => Stack(tensors, tensor => tensor),
            IReadOnlyList<(Tensor, Tensor)> pairs => (Stack(pairs, pair => pair.Item1), Stack(pairs, pair => pair.Item2)),
            IReadOnlyList<(Tensor, Tensor, Tensor)> triples => (Stack(triples, triple => triple.Item1), Stack(triples, triple => triple.Item2), Stack(triples, triple => triple.Item3)),
            _ => throw new NotSupportedException(
                $"DataLoader: how a batch is made of examples of type {typeof(T).Name} is not known; it is for Tensor, (Tensor, Tensor) and (Tensor, Tensor, Tensor). Override Dataset<{typeof(T).Name}>.Collate."),
        };
        return (T)batch;
    }

    private static Tensor Stack<TItem>(IReadOnlyList<TItem> items, Func<TItem, Tensor> part)
    {
        var first = part(items[0]);
        var tensors = new Tensor[items.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = part(items[i]);
            if (tensors[i].Shape != first.Shape)
            {
                throw new ShapeException($"DataLoader: examples of shapes {first.Shape} and {tensors[i].Shape} do not make a batch. Bring them to one shape (pad, crop), or override Collate.");
            }
        }

        return Tensor.Stack(tensors);
    }
}
