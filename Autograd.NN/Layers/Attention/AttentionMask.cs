namespace Autograd.NN;

/// <summary>The masks of attention, as one: Bool, true where a query may look, or numbers that are added to the scores.</summary>
internal static class AttentionMask
{
    /// <summary>All masks of an input together; null if there is none.</summary>
    /// <param name="input">The masks.</param>
    /// <param name="query">Queries, [N, h, L, d] or [h, L, d].</param>
    /// <param name="key">Keys, [N, h, S, d] or [h, S, d].</param>
    public static Tensor? Of(AttentionInput input, Tensor query, Tensor key)
    {
        var (length, keys) = (query.Shape[-2], key.Shape[-2]);
        var mask = input.AttnMask;
        if (mask is { Rank: 3 } && query.Rank == 4)
        {
            mask = mask.Unflatten(0, query.Shape[0], query.Shape[1]);
        }

        var all = mask is null ? null : Allowed(mask);
        if (input.KeyPaddingMask is { } padding)
        {
            all = Both(all, Allowed(padding.Rank == 2 ? padding.Unsqueeze(1).Unsqueeze(1) : padding));
        }

        return input.IsCausal && length > 1 ? Both(all, Tensor.Ones([length, keys], DType.Bool).Tril(keys - length)) : all;
    }

    /// <summary>A mask with further keys behind the others, at which every query may look.</summary>
    public static Tensor WithFurther(Tensor mask, int keys)
    {
        int[] sizes = [.. mask.Shape.AsSpan()[..^1], keys];
        return Tensor.Concatenate([mask, mask.DType == DType.Bool ? Tensor.Ones(sizes, DType.Bool) : Tensor.Zeros(sizes, mask.DType)], -1);
    }

    private static Tensor Allowed(Tensor mask) => mask.DType == DType.Bool ? !mask : mask;

    private static Tensor Both(Tensor? a, Tensor b)
        => a is null ? b
            : a.DType == DType.Bool && b.DType == DType.Bool ? a & b
            : Scores(a, b) + Scores(b, a);

    private static Tensor Scores(Tensor mask, Tensor other)
        => mask.DType != DType.Bool ? mask : Tensor.Where(mask, Tensor.Zeros([], other.DType), double.NegativeInfinity);
}

/// <summary>The shapes of attention.</summary>
internal static class AttentionShapes
{
    /// <summary>Checks everything at the caller's line.</summary>
    public static void Check(MultiheadAttention layer, AttentionInput input, int kDim, int vDim, bool batchFirst)
    {
        var (query, key, value) = (input.Query, input.Key, input.Value);
        ArgumentNullException.ThrowIfNull(query, nameof(input));
        ArgumentNullException.ThrowIfNull(key, nameof(input));
        ArgumentNullException.ThrowIfNull(value, nameof(input));
        foreach (var tensor in (ReadOnlySpan<Tensor>)[query, key, value])
        {
            LayerInput.RequireDType(layer, tensor, layer.OutProj.Weight);
        }

        var (batch, place) = batchFirst ? (0, 1) : (1, 0);
        var batched = query.Rank == 3;
        if (query.Rank is not (2 or 3) || key.Rank != query.Rank || value.Rank != query.Rank
            || query.Shape[-1] != layer.EmbedDim || key.Shape[-1] != kDim || value.Shape[-1] != vDim
            || (batched && (key.Shape[batch] != query.Shape[batch] || value.Shape[batch] != query.Shape[batch]))
            || key.Shape[batched ? place : 0] != value.Shape[batched ? place : 0])
        {
            var (q, k) = batchFirst ? ("N, L", "N, S") : ("L, N", "S, N");
            throw new ShapeException($"{layer.Title}: query {query.Shape}, key {key.Shape} and value {value.Shape} must be [{q}, {layer.EmbedDim}], [{k}, {kDim}] and [{k}, {vDim}], or without N.");
        }

        var (length, keys) = (query.Shape[batched ? place : 0], key.Shape[batched ? place : 0] + (input.Cache?.Length ?? 0));
        if (input.KeyPaddingMask is { } padding && !padding.Shape.AsSpan().SequenceEqual(batched ? [query.Shape[batch], keys] : [keys]))
        {
            throw new ShapeException($"{layer.Title}: the key padding mask has shape {padding.Shape}; it must be {(batched ? $"[{query.Shape[batch]}, {keys}]" : $"[{keys}]")}: one entry for each key.");
        }

        if (input.AttnMask is { } mask && !(mask.Shape.AsSpan().SequenceEqual([length, keys]) || mask.Shape.AsSpan().SequenceEqual([(batched ? query.Shape[batch] : 1) * layer.NumHeads, length, keys])))
        {
            throw new ShapeException($"{layer.Title}: the attention mask has shape {mask.Shape}; it must be [{length}, {keys}], or [{(batched ? query.Shape[batch] : 1) * layer.NumHeads}, {length}, {keys}] for each head.");
        }
    }
}
