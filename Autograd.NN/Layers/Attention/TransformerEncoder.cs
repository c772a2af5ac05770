namespace Autograd.NN;

/// <summary>Encoder layers one after the other, and perhaps a normalization.</summary>
public sealed class TransformerEncoder : Layer
{
    private readonly TransformerEncoderLayer[] layers;
    private readonly Layer? norm;

    /// <summary>A stack of layers.</summary>
    /// <param name="layer">Makes a layer; it is called once for each, so that each has weights of its own.</param>
    /// <param name="numLayers">The number of layers; above 0.</param>
    /// <param name="norm">What comes behind the last one; a <see cref="LayerNorm"/> where the layers' norms come first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no layers.</exception>
    public TransformerEncoder(Func<TransformerEncoderLayer> layer, int numLayers, Layer? norm = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numLayers);
        layers = [.. Enumerable.Range(0, numLayers).Select(_ => layer())];
        this.norm = norm;
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<TransformerEncoderLayer> Layers => layers;

    /// <summary>The output with masks, or for the next part of a sequence.</summary>
    /// <param name="src">[L, N, dModel], with <c>batchFirst</c> [N, L, dModel], or [L, dModel].</param>
    /// <param name="mask">As <see cref="AttentionInput.AttnMask"/>.</param>
    /// <param name="srcKeyPaddingMask">As <see cref="AttentionInput.KeyPaddingMask"/>.</param>
    /// <param name="isCausal">Whether positions look only at those that are not behind them; left out, as the layers were made.</param>
    /// <param name="caches">Keys and values of earlier parts of the sequence, one cache for each layer.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentException">There are more or fewer caches than layers.</exception>
    public Tensor Forward(Tensor src, Tensor? mask, Tensor? srcKeyPaddingMask = null, bool? isCausal = null, IReadOnlyList<KeyValueCache>? caches = null)
    {
        if (caches is not null && caches.Count != layers.Length)
        {
            throw new ArgumentException($"TransformerEncoder: there are {caches.Count} caches for {layers.Length} layers; each layer has its own.", nameof(caches));
        }

        return ForwardBy(src, x => Encode(x, mask, srcKeyPaddingMask, isCausal, caches));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => Encode(x, null, null, null, null);

    private Tensor Encode(Tensor x, Tensor? mask, Tensor? srcKeyPaddingMask, bool? isCausal, IReadOnlyList<KeyValueCache>? caches)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            x = layers[i].Forward(x, mask, srcKeyPaddingMask, isCausal, caches?[i]);
        }

        return norm is null ? x : norm.Forward(x);
    }
}
