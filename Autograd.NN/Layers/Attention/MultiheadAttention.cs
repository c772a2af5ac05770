namespace Autograd.NN;

/// <summary>Attention by several heads: concat(head₁ … headₕ)Wᵒ + bᵒ with headᵢ = softmax(QᵢKᵢᵀ/√d)Vᵢ, Q = query·Wᵠᵀ + bᵠ, and K and V likewise, cut into heads of size d = E/h. (Vaswani et al., "Attention is all you need", 2017.)</summary>
/// <remarks>Parameters are named and laid out as PyTorch's: <c>in_proj_weight</c> holds the three projections one under the other (<c>q_proj_weight</c>, <c>k_proj_weight</c> and <c>v_proj_weight</c>
/// where keys or values have other sizes), <c>out_proj</c> the last one. Projections start as Xavier's uniform ones, biases as 0. A query that may look nowhere gives zeros before the last projection.</remarks>
public sealed class MultiheadAttention : Module<AttentionInput, (Tensor Output, Tensor? Weights)>
{
    private readonly bool addZeroAttn;
    private readonly bool batchFirst;
    private readonly Dropout drop;
    private readonly RotaryPositionalEncoding? rotary;

    /// <summary>A layer with random weights.</summary>
    /// <param name="embedDim">E: the size of queries and outputs; a multiple of the heads.</param>
    /// <param name="numHeads">h: the number of heads; above 0.</param>
    /// <param name="dropout">The probability of dropout on the weights of attention, in training.</param>
    /// <param name="bias">Whether the projections have biases.</param>
    /// <param name="addBiasKv">Whether a learned key and a learned value come behind all others, at which every query may look.</param>
    /// <param name="addZeroAttn">Whether a key and a value of zeros come behind all others, at which every query may look: a way to look nowhere.</param>
    /// <param name="kDim">The size of keys; left out, E.</param>
    /// <param name="vDim">The size of values; left out, E.</param>
    /// <param name="batchFirst">Whether the examples of a batch come in the first dimension, and not in the second.</param>
    /// <param name="rotary">An encoding of positions, by which the heads' queries and keys are rotated.</param>
    /// <param name="generator">Where the weights, and what is dropped, come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentException">The heads do not divide E, or a size is not above 0.</exception>
    public MultiheadAttention(
        int embedDim, int numHeads, double dropout = 0, bool bias = true, bool addBiasKv = false, bool addZeroAttn = false, int? kDim = null, int? vDim = null, bool batchFirst = false,
        RotaryPositionalEncoding? rotary = null, Generator? generator = null, DType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embedDim);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numHeads);
        if (embedDim % numHeads != 0)
        {
            throw new ArgumentException($"MultiheadAttention: {numHeads} heads must divide embedDim, {embedDim}.", nameof(numHeads));
        }

        (EmbedDim, NumHeads, this.addZeroAttn, this.batchFirst, this.rotary) = (embedDim, numHeads, addZeroAttn, batchFirst, rotary);
        Parameter Project(int rows, int columns) => Initialize.XavierUniform(new Parameter(Tensor.Zeros([rows, columns], dtype)), generator: generator);
        if ((kDim ?? embedDim) == embedDim && (vDim ?? embedDim) == embedDim)
        {
            InProjWeight = Project(3 * embedDim, embedDim);
        }
        else
        {
            (QProjWeight, KProjWeight, VProjWeight) = (Project(embedDim, embedDim), Project(embedDim, kDim ?? embedDim), Project(embedDim, vDim ?? embedDim));
        }

        InProjBias = bias ? new Parameter(Tensor.Zeros([3 * embedDim], dtype)) : null;
        OutProj = new Linear(embedDim, embedDim, bias, generator, dtype);
        drop = new Dropout(dropout, generator);
        if (addBiasKv)
        {
            Parameter Further() => Initialize.XavierNormal(new Parameter(Tensor.Zeros([1, 1, embedDim], dtype)), generator: generator);
            (BiasK, BiasV) = (Further(), Further());
        }

        if (OutProj.Bias is not null)
        {
            Initialize.Zeros(OutProj.Bias);
        }
    }

    /// <summary>E: the size of queries and outputs.</summary>
    public int EmbedDim { get; }

    /// <summary>h: the number of heads.</summary>
    public int NumHeads { get; }

    /// <summary>Wᵠ, Wᵏ and Wᵛ one under the other, [3E, E]; null where keys or values have other sizes.</summary>
    public Parameter? InProjWeight { get; }

    /// <summary>Wᵠ, [E, E], where keys or values have other sizes.</summary>
    public Parameter? QProjWeight { get; }

    /// <summary>Wᵏ, [E, kDim], where keys or values have other sizes.</summary>
    public Parameter? KProjWeight { get; }

    /// <summary>Wᵛ, [E, vDim], where keys or values have other sizes.</summary>
    public Parameter? VProjWeight { get; }

    /// <summary>The biases of the three projections, [3E]; null if there are none.</summary>
    public Parameter? InProjBias { get; }

    /// <summary>The key behind all others, [1, 1, E]; null if there is none.</summary>
    public Parameter? BiasK { get; }

    /// <summary>The value behind all others, [1, 1, E]; null if there is none.</summary>
    public Parameter? BiasV { get; }

    /// <summary>The last projection, [E, E].</summary>
    public Linear OutProj { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => $"embedDim: {EmbedDim}, numHeads: {NumHeads}" + (InProjBias is null ? ", bias: false" : "")
        + (BiasK is null ? "" : ", addBiasKv: true") + (addZeroAttn ? ", addZeroAttn: true" : "") + (batchFirst ? ", batchFirst: true" : "");

    /// <inheritdoc/>
    protected override long MultiplyAdds(Shape input, Shape output)
    {
        // Of self-attention: three projections (the last one counts itself), scores and weighted means.
        var length = input.Rank == 2 || !batchFirst ? input[0] : input[1];
        return ((long)input.ElementCount * 3 * EmbedDim) + (2L * input.ElementCount * length);
    }

    /// <summary>Self-attention: everything looks at everything. (<see cref="AttentionInput"/> has masks.)</summary>
    /// <param name="input">[L, N, E], with <c>batchFirst</c> [N, L, E], or [L, E].</param>
    /// <returns>Of the input's shape; no weights.</returns>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    public (Tensor Output, Tensor? Weights) Forward(Tensor input) => Forward(new AttentionInput(input));

    /// <summary>What the queries find.</summary>
    /// <param name="query">[L, N, E], with <c>batchFirst</c> [N, L, E], or [L, E].</param>
    /// <param name="key">[S, N, kDim], with <c>batchFirst</c> [N, S, kDim], or [S, kDim].</param>
    /// <param name="value">Likewise, with vDim.</param>
    /// <returns>Of the query's shape; no weights (<see cref="AttentionInput.NeedWeights"/> asks for them).</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public (Tensor Output, Tensor? Weights) Forward(Tensor query, Tensor key, Tensor value) => Forward(new AttentionInput(query, key, value));

    /// <inheritdoc/>
    protected override (Tensor Output, Tensor? Weights) Compute(AttentionInput input)
    {
        AttentionShapes.Check(this, input, KProjWeight?.Shape[1] ?? EmbedDim, VProjWeight?.Shape[1] ?? EmbedDim, batchFirst);
        var (query, key, value) = (Heads(input.Query, 0, QProjWeight), Heads(input.Key, 1, KProjWeight), Heads(input.Value, 2, VProjWeight));
        if (rotary is not null)
        {
            var past = input.Cache?.Length ?? 0;
            (query, key) = (rotary.Forward(query, past), rotary.Forward(key, past));
        }

        if (input.Cache is not null)
        {
            (key, value) = input.Cache.Append(key, value);
        }

        // The causal mask alone needs no memory.
        var further = (BiasK is null ? 0 : 1) + (addZeroAttn ? 1 : 0);
        var isCausal = input is { IsCausal: true, AttnMask: null, KeyPaddingMask: null } && query.Shape[-2] == key.Shape[-2] && further == 0;
        var mask = isCausal ? null : AttentionMask.Of(input, query, key);
        if (further > 0)
        {
            (key, value, mask) = (Extended(key, BiasK), Extended(value, BiasV), mask is null ? null : AttentionMask.WithFurther(mask, further));
        }

        Tensor? weights = null;
        Tensor answer;
        if (input.NeedWeights || (IsTraining && drop.Probability > 0))
        {
            weights = Tensor.AttentionWeights(query, key, mask, isCausal);
            answer = drop.Forward(weights).MatMul(value);
            weights = !input.NeedWeights ? null : input.AverageAttnWeights ? weights.Mean(-3) : weights;
        }
        else
        {
            answer = Tensor.ScaledDotProductAttention(query, key, value, mask, isCausal);
        }

        // [N, h, L, d] to [N, L, E], and the examples back to where they were.
        var joined = OutProj.Forward(answer.Transpose(-3, -2).Flatten(-2));
        return (batchFirst || joined.Rank == 2 ? joined : joined.Transpose(0, 1), weights);
    }

    /// <summary>Keys or values [N, h, S, d] with a learned one and zeros behind them.</summary>
    private Tensor Extended(Tensor heads, Parameter? learned)
    {
        var sizes = heads.Shape.ToArray();
        sizes[^2] = 1;
        var all = learned is null ? heads : Tensor.Concatenate([heads, learned.Reshape(NumHeads, 1, sizes[^1]).Expand(sizes)], -2);
        return addZeroAttn ? Tensor.Concatenate([all, Tensor.Zeros(sizes, heads.DType)], -2) : all;
    }

    /// <summary>One of the three projections, cut into heads: [N, h, L, d].</summary>
    private Tensor Heads(Tensor x, int number, Tensor? own)
    {
        var weight = own ?? InProjWeight!.Narrow(0, number * EmbedDim, EmbedDim);
        var y = x.Linear(weight, InProjBias?.Narrow(0, number * EmbedDim, EmbedDim)).Unflatten(-1, NumHeads, EmbedDim / NumHeads);
        return y.Rank == 3 ? y.Transpose(0, 1)
            : batchFirst ? y.Transpose(1, 2)
            : y.Permute(1, 2, 0, 3);
    }
}
