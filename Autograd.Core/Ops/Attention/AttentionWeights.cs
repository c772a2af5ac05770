namespace Autograd;

public partial class Tensor
{
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
    /// <remarks><see cref="ScaledDotProductAttention"/> does without them, in less memory.</remarks>
    public static Tensor AttentionWeights(Tensor query, Tensor key, Tensor? attnMask = null, bool isCausal = false, double? scale = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        query.RequireFloatingPoint(nameof(AttentionWeights));
        if (query.Rank < 2 || key.Rank < 2 || query.Shape[-1] != key.Shape[-1])
        {
            throw new ShapeException($"AttentionWeights: query {query.Shape} and key {key.Shape} must be [..., L, E] and [..., S, E].");
        }

        if (attnMask is not null && isCausal)
        {
            throw new ArgumentException("AttentionWeights: isCausal is a mask of its own; give one of them.", nameof(attnMask));
        }

        return AttentionFormula.Weights(query, key, attnMask, isCausal, scale ?? 1 / Math.Sqrt(query.Shape[-1]));
    }
}
