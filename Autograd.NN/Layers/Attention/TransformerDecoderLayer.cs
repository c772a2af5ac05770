namespace Autograd.NN;

/// <summary>What goes into a transformer's decoder.</summary>
/// <param name="Target">The sequence to be continued: [T, N, E], with <c>batchFirst</c> [N, T, E], or [T, E].</param>
/// <param name="Memory">The encoder's output: [S, N, E], with <c>batchFirst</c> [N, S, E], or [S, E].</param>
public sealed record DecoderInput(Tensor Target, Tensor Memory)
{
    /// <summary>Where the target may not look in itself, as <see cref="AttentionInput.AttnMask"/>.</summary>
    public Tensor? TgtMask { get; init; }

    /// <summary>Where the target may not look in the memory.</summary>
    public Tensor? MemoryMask { get; init; }

    /// <summary>Positions of the target that do not count, as <see cref="AttentionInput.KeyPaddingMask"/>.</summary>
    public Tensor? TgtKeyPaddingMask { get; init; }

    /// <summary>Positions of the memory that do not count.</summary>
    public Tensor? MemoryKeyPaddingMask { get; init; }

    /// <summary>Whether positions of the target look only at those that are not behind them.</summary>
    public bool TgtIsCausal { get; init; }
}

/// <summary>One layer of a transformer's decoder: self-attention of the target, attention of the target to the memory, and the two linear maps with an activation between, each added to what it read,
/// with layer normalization behind each sum or before each branch. (Vaswani et al., "Attention is all you need", 2017.)</summary>
/// <remarks>Parameters are named and laid out as PyTorch's.</remarks>
public sealed class TransformerDecoderLayer : Module<DecoderInput, Tensor>
{
    private readonly MultiheadAttention selfAttn;
    private readonly MultiheadAttention multiheadAttn;
    private readonly Linear linear1;
    private readonly Layer activation;
    private readonly Dropout dropout;
    private readonly Linear linear2;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
    private readonly LayerNorm norm3;
    private readonly Dropout dropout1;
    private readonly Dropout dropout2;
    private readonly Dropout dropout3;
    private readonly bool normFirst;

    /// <summary>A layer with random weights.</summary>
    /// <param name="dModel">E: the size of the inputs' last dimension; a multiple of the heads.</param>
    /// <param name="nHead">The number of heads.</param>
    /// <param name="dimFeedforward">The size in the middle of the last branch.</param>
    /// <param name="dropout">The probability of dropout in each branch, in training.</param>
    /// <param name="activation">The activation; left out, <see cref="Relu"/>.</param>
    /// <param name="layerNormEps">ε of the layer normalizations.</param>
    /// <param name="batchFirst">Whether the examples of a batch come in the first dimension, and not in the second.</param>
    /// <param name="normFirst">Whether normalization comes before each branch.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="generator">Where the weights, and what is dropped, come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentException">The heads do not divide dModel, or a size is not above 0.</exception>
    public TransformerDecoderLayer(
        int dModel, int nHead, int dimFeedforward = 2048, double dropout = 0.1, Layer? activation = null, double layerNormEps = 1e-5, bool batchFirst = false, bool normFirst = false, bool bias = true,
        Generator? generator = null, DType? dtype = null)
    {
        MultiheadAttention Attention() => new(dModel, nHead, dropout, bias, batchFirst: batchFirst, generator: generator, dtype: dtype);
        LayerNorm Norm() => new(dModel, layerNormEps, bias: bias, dtype: dtype);
        Dropout Drop() => new(dropout, generator);
        (selfAttn, multiheadAttn) = (Attention(), Attention());
        (linear1, linear2) = (new Linear(dModel, dimFeedforward, bias, generator, dtype), new Linear(dimFeedforward, dModel, bias, generator, dtype));
        (norm1, norm2, norm3) = (Norm(), Norm(), Norm());
        (this.dropout, dropout1, dropout2, dropout3) = (Drop(), Drop(), Drop(), Drop());
        (this.activation, this.normFirst) = (activation ?? new Relu(), normFirst);
    }

    /// <inheritdoc/>
    protected override string HyperParameters => $"normFirst: {(normFirst ? "true" : "false")}";

    /// <summary>The output for a target and a memory.</summary>
    /// <param name="target">[T, N, E], with <c>batchFirst</c> [N, T, E], or [T, E].</param>
    /// <param name="memory">[S, N, E], with <c>batchFirst</c> [N, S, E], or [S, E].</param>
    /// <param name="tgtIsCausal">Whether positions of the target look only at those that are not behind them.</param>
    public Tensor Forward(Tensor target, Tensor memory, bool tgtIsCausal = false) => Forward(new DecoderInput(target, memory) { TgtIsCausal = tgtIsCausal });

    /// <inheritdoc/>
    protected override Tensor Compute(DecoderInput input)
    {
        Tensor Self(Tensor x) => dropout1.Forward(selfAttn.Forward(
            new AttentionInput(x, x, x) { AttnMask = input.TgtMask, KeyPaddingMask = input.TgtKeyPaddingMask, IsCausal = input.TgtIsCausal }).Output);
        Tensor Cross(Tensor x) => dropout2.Forward(multiheadAttn.Forward(
            new AttentionInput(x, input.Memory, input.Memory) { AttnMask = input.MemoryMask, KeyPaddingMask = input.MemoryKeyPaddingMask }).Output);
        Tensor Feed(Tensor x) => dropout3.Forward(linear2.Forward(dropout.Forward(activation.Forward(linear1.Forward(x)))));
        var y = input.Target;
        if (normFirst)
        {
            y += Self(norm1.Forward(y));
            y += Cross(norm2.Forward(y));
            return y + Feed(norm3.Forward(y));
        }

        y = norm1.Forward(y + Self(y));
        y = norm2.Forward(y + Cross(y));
        return norm3.Forward(y + Feed(y));
    }
}

/// <summary>Decoder layers one after the other, and perhaps a normalization.</summary>
public sealed class TransformerDecoder : Module<DecoderInput, Tensor>
{
    private readonly TransformerDecoderLayer[] layers;
    private readonly Layer? norm;

    /// <summary>A stack of layers.</summary>
    /// <param name="layer">Makes a layer; it is called once for each, so that each has weights of its own.</param>
    /// <param name="numLayers">The number of layers; above 0.</param>
    /// <param name="norm">What comes behind the last one; a <see cref="LayerNorm"/> where the layers' norms come first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no layers.</exception>
    public TransformerDecoder(Func<TransformerDecoderLayer> layer, int numLayers, Layer? norm = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numLayers);
        layers = [.. Enumerable.Range(0, numLayers).Select(_ => layer())];
        this.norm = norm;
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<TransformerDecoderLayer> Layers => layers;

    /// <summary>The output for a target and a memory.</summary>
    /// <param name="target">[T, N, E], with <c>batchFirst</c> [N, T, E], or [T, E].</param>
    /// <param name="memory">[S, N, E], with <c>batchFirst</c> [N, S, E], or [S, E].</param>
    /// <param name="tgtIsCausal">Whether positions of the target look only at those that are not behind them.</param>
    public Tensor Forward(Tensor target, Tensor memory, bool tgtIsCausal = false) => Forward(new DecoderInput(target, memory) { TgtIsCausal = tgtIsCausal });

    /// <inheritdoc/>
    protected override Tensor Compute(DecoderInput input)
    {
        foreach (var layer in layers)
        {
            input = input with { Target = layer.Forward(input) };
        }

        return norm is null ? input.Target : norm.Forward(input.Target);
    }
}
