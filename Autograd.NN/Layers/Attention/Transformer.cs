namespace Autograd.NN;

/// <summary>What goes into a <see cref="Transformer"/>.</summary>
/// <param name="Src">The sequence to be read: [S, N, E], with <c>batchFirst</c> [N, S, E], or [S, E].</param>
/// <param name="Tgt">The sequence to be continued: [T, N, E], with <c>batchFirst</c> [N, T, E], or [T, E].</param>
public sealed record TransformerInput(Tensor Src, Tensor Tgt)
{
    /// <summary>Where the source may not look in itself, as <see cref="AttentionInput.AttnMask"/>.</summary>
    public Tensor? SrcMask { get; init; }

    /// <summary>Where the target may not look in itself.</summary>
    public Tensor? TgtMask { get; init; }

    /// <summary>Where the target may not look in the source.</summary>
    public Tensor? MemoryMask { get; init; }

    /// <summary>Positions of the source that do not count, as <see cref="AttentionInput.KeyPaddingMask"/>.</summary>
    public Tensor? SrcKeyPaddingMask { get; init; }

    /// <summary>Positions of the target that do not count.</summary>
    public Tensor? TgtKeyPaddingMask { get; init; }

    /// <summary>Positions of the encoder's output that do not count; as a rule those of the source.</summary>
    public Tensor? MemoryKeyPaddingMask { get; init; }

    /// <summary>Whether positions of the source look only at those that are not behind them.</summary>
    public bool SrcIsCausal { get; init; }

    /// <summary>Whether positions of the target look only at those that are not behind them.</summary>
    public bool TgtIsCausal { get; init; }
}

/// <summary>An encoder that reads a source, and a decoder that continues a target looking at what the encoder has found; each with a layer normalization at its end. (Vaswani et al., "Attention is all you need", 2017.)</summary>
/// <remarks>Parameters are named and laid out as PyTorch's; matrices start as Xavier's uniform ones.</remarks>
/// <example><code>
/// var model = new Transformer(dModel: 16, nHead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 32, batchFirst: true);
/// var (source, target) = (Tensor.Randn([2, 7, 16]), Tensor.Randn([2, 5, 16]));
/// var y = model.Forward(source, target, tgtIsCausal: true);      // [2, 5, 16]
/// </code></example>
public sealed class Transformer : Module<TransformerInput, Tensor>
{
    /// <summary>A model with random weights.</summary>
    /// <param name="dModel">E: the size of the inputs' last dimension; a multiple of the heads.</param>
    /// <param name="nHead">The number of heads.</param>
    /// <param name="numEncoderLayers">The number of the encoder's layers; above 0.</param>
    /// <param name="numDecoderLayers">The number of the decoder's layers; above 0.</param>
    /// <param name="dimFeedforward">The size in the middle of the last branch of each layer.</param>
    /// <param name="dropout">The probability of dropout in each branch, in training.</param>
    /// <param name="activation">The activation of all layers; left out, <see cref="Relu"/>.</param>
    /// <param name="layerNormEps">ε of the layer normalizations.</param>
    /// <param name="batchFirst">Whether the examples of a batch come in the first dimension, and not in the second.</param>
    /// <param name="normFirst">Whether normalization comes before each branch.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="generator">Where the weights, and what is dropped, come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentException">The heads do not divide dModel, or a size is not above 0.</exception>
    public Transformer(
        int dModel = 512, int nHead = 8, int numEncoderLayers = 6, int numDecoderLayers = 6, int dimFeedforward = 2048, double dropout = 0.1, Layer? activation = null, double layerNormEps = 1e-5,
        bool batchFirst = false, bool normFirst = false, bool bias = true, Generator? generator = null, DType? dtype = null)
    {
        LayerNorm Norm() => new(dModel, layerNormEps, bias: bias, dtype: dtype);
        Encoder = new(
            () => new(dModel, nHead, dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias, generator: generator, dtype: dtype), numEncoderLayers, Norm());
        Decoder = new(
            () => new(dModel, nHead, dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias, generator, dtype), numDecoderLayers, Norm());
        foreach (var parameter in Parameters())
        {
            if (parameter.Rank > 1)
            {
                Initialize.XavierUniform(parameter, generator: generator);
            }
        }
    }

    /// <summary>What reads the source.</summary>
    public TransformerEncoder Encoder { get; }

    /// <summary>What continues the target.</summary>
    public TransformerDecoder Decoder { get; }

    /// <summary>The output for a source and a target. (<see cref="TransformerInput"/> has masks.)</summary>
    /// <param name="src">[S, N, E], with <c>batchFirst</c> [N, S, E], or [S, E].</param>
    /// <param name="tgt">[T, N, E], with <c>batchFirst</c> [N, T, E], or [T, E].</param>
    /// <param name="tgtIsCausal">Whether positions of the target look only at those that are not behind them.</param>
    /// <returns>Of the target's shape.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor src, Tensor tgt, bool tgtIsCausal = false) => Forward(new TransformerInput(src, tgt) { TgtIsCausal = tgtIsCausal });

    /// <inheritdoc/>
    protected override Tensor Compute(TransformerInput input)
    {
        var memory = Encoder.Forward(input.Src, input.SrcMask, input.SrcKeyPaddingMask, input.SrcIsCausal);
        return Decoder.Forward(new DecoderInput(input.Tgt, memory)
        {
            TgtMask = input.TgtMask,
            MemoryMask = input.MemoryMask,
            TgtKeyPaddingMask = input.TgtKeyPaddingMask,
            MemoryKeyPaddingMask = input.MemoryKeyPaddingMask,
            TgtIsCausal = input.TgtIsCausal,
        });
    }
}
