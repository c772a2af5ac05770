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

        return Weights(query, key, attnMask, isCausal, scale).MatMul(value);
    }

    /// <summary>The weights of scaled dot-product attention, softmax(Q Kᵀ·scale + mask): how much each query takes of each key's value. (Vaswani et al., "Attention is all you need", 2017.)</summary>
    /// <param name="query">Q: [..., L, E].</param>
    /// <param name="key">K: [..., S, E].</param>
    /// <param name="attnMask">Of a shape that broadcasts to [..., L, S]: Bool, true where a query may look; or numbers that are added to the scores. A query that may look nowhere has weights of 0.</param>
    /// <param name="isCausal">Whether query i looks at keys 0 to i only; not together with a mask.</param>
    /// <param name="scale">The factor of the scores; 1/√E if left out.</param>
    /// <returns>[..., L, S].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The element types differ, or are no floating-point types.</exception>
    /// <exception cref="ArgumentException">A mask, and isCausal.</exception>
    public static Tensor AttentionWeights(Tensor query, Tensor key, Tensor? attnMask = null, bool isCausal = false, double? scale = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        query.RequireFloatingPoint(nameof(AttentionWeights));
        if (query.Rank < 2 || key.Rank < 2 || query.Shape[-1] != key.Shape[-1])
        {
            throw new ShapeException($"AttentionWeights: query {query.Shape} and key {key.Shape} must be [..., L, E] and [..., S, E].");
        }

        return attnMask is null || !isCausal
            ? Weights(query, key, attnMask, isCausal, scale)
            : throw new ArgumentException("AttentionWeights: isCausal is a mask of its own; give one of them.", nameof(attnMask));
    }

    private static Tensor Weights(Tensor query, Tensor key, Tensor? attnMask, bool isCausal, double? scale)
    {
        var scores = query.MatMul(key.T) * (scale ?? 1 / Math.Sqrt(query.Shape[-1]));
        var mask = isCausal ? Ones([query.Shape[-2], key.Shape[-2]], DType.Bool).Tril() : attnMask;
        return mask is null ? scores.Softmax(-1) : scores.MaskedSoftmax(mask);
    }

    /// <summary>The softmax over the last dimension of what a mask leaves; zeros where it leaves nothing.</summary>
    private Tensor MaskedSoftmax(Tensor mask)
    {
        var scores = mask.DType == DType.Bool ? Where(mask, this, double.NegativeInfinity) : this + mask.To(DType);
        if (scores.ElementCount == 0)
        {
            return scores.Softmax(-1);
        }

        // A softmax of nothing would be 0/0, and so would its gradient.
        var nothing = scores.Detach().Amax(-1, keepDim: true).Eq(double.NegativeInfinity);
        return Where(nothing, 0, Where(nothing, 0, scores).Softmax(-1));
    }

    private Tensor HeadsFor(Tensor query)
    {
        var (heads, own) = (query.Rank > 2 ? query.Shape[-3] : 1, Rank > 2 ? Shape[-3] : 1);
        return own > 0 && heads % own == 0
            ? heads == own ? this : RepeatInterleave(heads / own, -3)
            : throw new ShapeException($"ScaledDotProductAttention: {own} heads of keys and values, of shape {Shape}, do not divide the {heads} heads of the query, of shape {query.Shape}.");
    }
}
