namespace Autograd;

public partial class Tensor
{
    /// <summary>Scaled dot-product attention: softmax(Q Kᵀ·scale + mask) V, a mean of the values weighted by how well each key answers a query. (Vaswani et al., "Attention is all you need", 2017.)</summary>
    /// <param name="query">Q: [..., L, E].</param>
    /// <param name="key">K: [..., S, E].</param>
    /// <param name="value">V: [..., S, D].</param>
    /// <param name="attnMask">Of a shape that broadcasts to [..., L, S]: Bool, true where a query may look; or numbers that are added to the scores. A query that may look nowhere gives zeros.</param>
    /// <param name="isCausal">Whether query i looks at keys 0 to i only; not together with a mask.</param>
    /// <param name="scale">The factor of the scores; 1/√E if left out.</param>
    /// <param name="enableGqa">Whether the heads, dimension −3, may be fewer in K and V than in Q, each then serving several neighbours. (Ainslie et al., "GQA", 2023.)</param>
    /// <returns>[..., L, D].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The element types differ, or are no floating-point types.</exception>
    /// <remarks>Scores are formed block by block with a running softmax, so that memory grows with L + S, not with L·S (Dao et al., "FlashAttention", 2022). A learned mask's gradient is of its own size.</remarks>
    /// <exception cref="ArgumentException">A mask, and isCausal.</exception>
    public static Tensor ScaledDotProductAttention(
        Tensor query, Tensor key, Tensor value, Tensor? attnMask = null, bool isCausal = false, double? scale = null, bool enableGqa = false)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        query.RequireFloatingPoint(nameof(ScaledDotProductAttention));
        if (query.Rank < 2 || key.Rank < 2 || value.Rank < 2 || query.Shape[-1] != key.Shape[-1] || key.Shape[-2] != value.Shape[-2])
        {
            throw new ShapeException($"ScaledDotProductAttention: query {query.Shape}, key {key.Shape} and value {value.Shape} must be [..., L, E], [..., S, E] and [..., S, D].");
        }

        if (attnMask is not null && isCausal)
        {
            throw new ArgumentException("ScaledDotProductAttention: isCausal is a mask of its own; give one of them.", nameof(attnMask));
        }

        if (enableGqa)
        {
            (key, value) = (key.HeadsFor(query), value.HeadsFor(query));
        }

        var factor = scale ?? 1 / Math.Sqrt(query.Shape[-1]);
        if (query.DType != key.DType || query.DType != value.DType)
        {
            throw new DTypeException($"ScaledDotProductAttention: query, key and value are {query.DType}, {key.DType} and {value.DType}; convert them to one type: key.To(DType.{query.DType}).");
        }

        return Attend(query, key, value, attnMask, isCausal, factor);
    }

    /// <summary>Attention by blocks: batches are broadcast, also to the mask's, and become one dimension.</summary>
    private static Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask, bool isCausal, double factor)
    {
        var (queries, keys) = (query.Shape[-2], key.Shape[-2]);
        var shape = Shape.Create([.. BatchOf(query, key, value), queries, keys]);
        shape = mask is null ? shape : Shape.TryBroadcast(mask.Shape, shape) ?? throw Shape.NotBroadcastable(mask.Shape, shape, nameof(ScaledDotProductAttention));
        if (shape[-2] != queries || shape[-1] != keys)
        {
            throw new ShapeException($"ScaledDotProductAttention: the mask, {mask!.Shape}, is larger than the scores of {queries} queries and {keys} keys.");
        }

        var batch = shape.ToArray()[..^2];
        var count = batch.Aggregate(1, (product, size) => product * size);
        Tensor Flat(Tensor tensor) => tensor.Expand([.. batch, tensor.Shape[-2], tensor.Shape[-1]]).Reshape(count, tensor.Shape[-2], tensor.Shape[-1]);
        var (q, k, v) = (Flat(query), Flat(key), Flat(value));
        var operation = mask is { RequiresGrad: true } or { IsBatched: true }
            ? new AttentionOp(q, k, v, Flat(AttentionMask.Numbers(mask, query.DType).Expand(shape.AsSpan())), isCausal, factor)
            : new AttentionOp(q, k, v, mask is null ? null : AttentionMask.Of(mask, batch, queries, keys, query.DType), isCausal, factor);
        return operation.Apply().Reshape([.. batch, queries, value.Shape[-1]]);
    }

    private static int[] BatchOf(Tensor query, Tensor key, Tensor value)
    {
        Shape Batch(Tensor tensor) => Shape.Create(tensor.Shape.AsSpan()[..^2]);
        return Shape.TryBroadcast(Batch(query), Batch(key)) is { } both && Shape.TryBroadcast(both, Batch(value)) is { } all
            ? all.ToArray()
            : throw new ShapeException($"ScaledDotProductAttention: the batches of query {query.Shape}, key {key.Shape} and value {value.Shape} do not broadcast.");
    }

    private Tensor HeadsFor(Tensor query)
    {
        var (heads, own) = (query.Rank > 2 ? query.Shape[-3] : 1, Rank > 2 ? Shape[-3] : 1);
        return own > 0 && heads % own == 0
            ? heads == own ? this : RepeatInterleave(heads / own, -3)
            : throw new ShapeException($"ScaledDotProductAttention: {own} heads of keys and values, of shape {Shape}, do not divide the {heads} heads of the query, of shape {query.Shape}.");
    }
}
