namespace Autograd.NN;

/// <summary>What goes into <see cref="MultiheadAttention"/>.</summary>
/// <param name="Query">What asks: [L, N, E], with <c>batchFirst</c> [N, L, E], or [L, E].</param>
/// <param name="Key">What is compared with the queries: [S, N, kDim], with <c>batchFirst</c> [N, S, kDim], or [S, kDim].</param>
/// <param name="Value">What the answers are made of: likewise, with vDim.</param>
public sealed record AttentionInput(Tensor Query, Tensor Key, Tensor Value)
{
    /// <summary>Self-attention: everything looks at everything.</summary>
    /// <param name="input">Queries, keys and values.</param>
    /// <param name="cache">Keys and values of earlier calls; with one, attention is causal.</param>
    public AttentionInput(Tensor input, KeyValueCache? cache = null)
        : this(input, input, input)
        => (Cache, IsCausal) = (cache, cache is not null);

    /// <summary>Keys that nobody may look at: [N, S] or [S], Bool, true for those that do not count (padding); or numbers that are added to the scores.</summary>
    public Tensor? KeyPaddingMask { get; init; }

    /// <summary>Where queries may not look: [L, S] or [N·heads, L, S], Bool, true where they may not (as in PyTorch; <see cref="Tensor.ScaledDotProductAttention"/> has it the other way round); or numbers that are added to the scores.</summary>
    public Tensor? AttnMask { get; init; }

    /// <summary>Whether a query looks only at keys that are not behind it; the last query belongs to the last key.</summary>
    public bool IsCausal { get; init; }

    /// <summary>Whether the weights of attention are returned, too.</summary>
    public bool NeedWeights { get; init; }

    /// <summary>Whether the weights that are returned are their mean over the heads.</summary>
    public bool AverageAttnWeights { get; init; } = true;

    /// <summary>Keys and values of earlier calls, to which those of this one are added.</summary>
    public KeyValueCache? Cache { get; init; }
}

/// <summary>Keys and values that an attention layer has seen, so that a sequence can be generated token by token without computing them again.</summary>
/// <example><code>
/// var attention = new MultiheadAttention(8, 2, batchFirst: true).Eval();
/// var cache = new KeyValueCache();
/// var first = attention.Forward(new(Tensor.Randn([1, 3, 8]), cache));      // three tokens
/// var next = attention.Forward(new(Tensor.Randn([1, 1, 8]), cache));       // one more, which looks at all four
/// </code></example>
public sealed class KeyValueCache
{
    /// <summary>How many positions there are.</summary>
    public int Length => Key?.Shape[-2] ?? 0;

    /// <summary>The keys: [N, heads, positions, size of a head]; null at first.</summary>
    public Tensor? Key { get; private set; }

    /// <summary>The values, likewise.</summary>
    public Tensor? Value { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (Key, Value) = (null, null);

    /// <summary>Adds positions at the end.</summary>
    /// <returns>All keys and values.</returns>
    internal (Tensor Key, Tensor Value) Append(Tensor key, Tensor value)
    {
        if (Key is not null && (Key.Rank != key.Rank || Key.Shape[0] != key.Shape[0]))
        {
            throw new ShapeException($"KeyValueCache: keys of shape {key.Shape} do not continue those of shape {Key.Shape}. Clear() begins anew.");
        }

        Key = Key is null ? key : Tensor.Concatenate([Key, key], -2);
        Value = Value is null ? value : Tensor.Concatenate([Value, value], -2);
        return (Key, Value);
    }
}
