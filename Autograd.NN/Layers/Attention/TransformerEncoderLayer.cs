namespace Autograd.NN;

/// <summary>One layer of a transformer's encoder: x + attention(x), then x + W₂ g(W₁x + b₁) + b₂, with layer normalization behind each sum, or before each branch if the norm comes first. (Vaswani et al., "Attention is all you need", 2017; norm first: Xiong et al. 2020.)</summary>
/// <remarks>Parameters are named and laid out as PyTorch's. With a causal mask it is a layer of a decoder-only model (GPT).</remarks>
public sealed class TransformerEncoderLayer : Layer
{
    private readonly MultiheadAttention selfAttn;
    private readonly Linear linear1;
    private readonly Layer activation;
    private readonly Dropout dropout;
    private readonly Linear linear2;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
    private readonly Dropout dropout1;
    private readonly Dropout dropout2;
    private readonly bool isCausal;
    private readonly bool normFirst;

    /// <summary>A layer with random weights.</summary>
    /// <param name="dModel">The size of the input's last dimension; a multiple of the heads.</param>
    /// <param name="nHead">The number of heads.</param>
    /// <param name="dimFeedforward">The size in the middle of the second branch.</param>
    /// <param name="dropout">The probability of dropout in each branch, in training.</param>
    /// <param name="activation">g; left out, <see cref="Relu"/>.</param>
    /// <param name="layerNormEps">ε of the layer normalizations.</param>
    /// <param name="batchFirst">Whether the examples of a batch come in the first dimension, and not in the second.</param>
    /// <param name="normFirst">Whether normalization comes before each branch.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="isCausal">Whether positions look only at those that are not behind them.</param>
    /// <param name="rotary">An encoding of positions, by which the heads' queries and keys are rotated.</param>
    /// <param name="generator">Where the weights, and what is dropped, come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentException">The heads do not divide dModel, or a size is not above 0.</exception>
    public TransformerEncoderLayer(
        int dModel, int nHead, int dimFeedforward = 2048, double dropout = 0.1, Layer? activation = null, double layerNormEps = 1e-5, bool batchFirst = false, bool normFirst = false, bool bias = true,
        bool isCausal = false, RotaryPositionalEncoding? rotary = null, Generator? generator = null, DType? dtype = null)
    {
        selfAttn = new MultiheadAttention(dModel, nHead, dropout, bias, batchFirst: batchFirst, rotary: rotary, generator: generator, dtype: dtype);
        (linear1, linear2) = (new Linear(dModel, dimFeedforward, bias, generator, dtype), new Linear(dimFeedforward, dModel, bias, generator, dtype));
        (norm1, norm2) = (new LayerNorm(dModel, layerNormEps, bias: bias, dtype: dtype), new LayerNorm(dModel, layerNormEps, bias: bias, dtype: dtype));
        (this.dropout, dropout1, dropout2) = (new Dropout(dropout, generator), new Dropout(dropout, generator), new Dropout(dropout, generator));
        (this.activation, this.normFirst, this.isCausal) = (activation ?? new Relu(), normFirst, isCausal);
    }

    /// <inheritdoc/>
    protected override string HyperParameters => $"normFirst: {(normFirst ? "true" : "false")}" + (isCausal ? ", isCausal: true" : "");

    /// <summary>The output with masks, or for the next part of a sequence.</summary>
    /// <param name="src">[L, N, dModel], with <c>batchFirst</c> [N, L, dModel], or [L, dModel].</param>
    /// <param name="srcMask">As <see cref="AttentionInput.AttnMask"/>.</param>
    /// <param name="srcKeyPaddingMask">As <see cref="AttentionInput.KeyPaddingMask"/>.</param>
    /// <param name="isCausal">Whether positions look only at those that are not behind them; left out, as the layer was made.</param>
    /// <param name="cache">Keys and values of earlier parts of the sequence.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor src, Tensor? srcMask, Tensor? srcKeyPaddingMask = null, bool? isCausal = null, KeyValueCache? cache = null)
    {
        ArgumentNullException.ThrowIfNull(src);
        return ForwardBy(src, x => Encode(x, srcMask, srcKeyPaddingMask, isCausal ?? this.isCausal, cache));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => Encode(x, null, null, isCausal, null);

    private Tensor Encode(Tensor src, Tensor? mask, Tensor? keyPaddingMask, bool isCausal, KeyValueCache? cache)
    {
        Tensor Attend(Tensor x) => dropout1.Forward(selfAttn.Forward(
            new AttentionInput(x, x, x) { AttnMask = mask, KeyPaddingMask = keyPaddingMask, IsCausal = isCausal, Cache = cache }).Output);
        Tensor Feed(Tensor x) => dropout2.Forward(linear2.Forward(dropout.Forward(activation.Forward(linear1.Forward(x)))));
        if (normFirst)
        {
            var y = src + Attend(norm1.Forward(src));
            return y + Feed(norm2.Forward(y));
        }

        var z = norm1.Forward(src + Attend(src));
        return norm2.Forward(z + Feed(z));
    }
}
