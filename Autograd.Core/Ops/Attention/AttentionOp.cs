namespace Autograd;

/// <summary>Y = softmax(Q Kᵀ·factor + mask) V for Q [B, L, E], K [B, S, E] and V [B, S, D], by blocks of keys with a running softmax, so that memory is linear in L and S
/// (Dao et al., "FlashAttention", 2022; Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018). Gradients: <see cref="AttentionFormula.Gradients"/>, by blocks, too.</summary>
[GradientTest("2x3x4, 2x5x4, 2x5x3", "1x1x1, 1x1x1, 1x1x1", "1x2x2, 1x3x2, 1x3x0", "2x2x0, 2x3x0, 2x3x2", "1x0x2, 1x2x2, 1x2x2", "1x2x2, 1x0x2, 1x0x2", Arguments = [false, 0.7])]
[GradientTest("2x3x4, 2x5x4, 2x5x3, 2x3x5", "1x2x2, 1x0x2, 1x0x2, 1x2x0", Arguments = [false, 0.7])]
[GradientTest("1x4x2, 1x4x2, 1x4x3", "1x4x2, 1x2x2, 1x2x1", "1x2x2, 1x4x2, 1x4x1", Arguments = [true, 0.7])]
internal sealed class AttentionOp : Operation
{
    private readonly bool isCausal;
    private readonly double factor;
    private Operand query;
    private Operand key;
    private readonly AttentionMask? mask;
    private readonly bool isMaskLearned;
    private Operand value;
    private Operand numbers;
    private Tensor? logSums;

    /// <summary>Attention with a mask of constants, or none.</summary>
    public AttentionOp(Tensor query, Tensor key, Tensor value, AttentionMask? mask, bool isCausal, double factor)
        : base(query.DType)
    {
        this.mask = mask;
        (this.query, this.key, this.value) = (new Operand(query), new Operand(key), new Operand(value));
        (this.isCausal, this.factor) = (isCausal, factor);
        Shape = Shape.Create([query.Shape[0], query.Shape[1], value.Shape[2]]);
    }

    /// <summary>Attention without a mask.</summary>
    public AttentionOp(Tensor query, Tensor key, Tensor value, bool isCausal, double factor)
        : this(query, key, value, mask: null, isCausal, factor)
    {
    }

    /// <summary>Attention with a mask of numbers [B, L, S] that may be learned.</summary>
    public AttentionOp(Tensor query, Tensor key, Tensor value, Tensor numbers, bool isCausal, double factor)
        : this(query, key, value, mask: null, isCausal, factor)
        => (this.numbers, isMaskLearned) = (new Operand(numbers), true);

    public override int InputCount => isMaskLearned ? 4 : 3;

    public override Reads Reads => Reads.First | Reads.Second | Reads.Third | Reads.Output;

    public override ref Operand Input(int index)
    {
        switch (index)
        {
            case 0:
                return ref query;
            case 1:
                return ref key;
            case 2:
                return ref value;
            default:
                return ref numbers;
        }
    }

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        var (q, k, v) = (ValueOf(0), ValueOf(1), ValueOf(2));

        // Where the gradient will be differentiated in turn, it is recorded as a formula; several gradients at once are one, too; and the gradient of a mask is as large as all scores.
        if (GradMode.IsEnabled || grad.IsBatched || (isMaskLearned && Needs(3)))
        {
            var whole = isMaskLearned ? ValueOf(3) : mask?.Whole();
            (gradients[0], gradients[1], gradients[2], var scores) = AttentionFormula.Gradients(q, k, v, whole, isCausal, factor, grad);
            if (isMaskLearned)
            {
                gradients[3] = scores;
            }
        }
        else
        {
            (gradients[0], gradients[1], gradients[2]) = DType == DType.Float32 ? Blocks<float>(q, k, v).Backward(Y, logSums!, grad) : Blocks<double>(q, k, v).Backward(Y, logSums!, grad);
        }
    }

    /// <summary>Examples are more of what is a batch already.</summary>
    public override Tensor Batch(BatchInputs x)
    {
        Tensor Flat(int input) => x.Full(input).Flatten(0, 1);
        var all = isMaskLearned
            ? new AttentionOp(Flat(0), Flat(1), Flat(2), Flat(3), isCausal, factor)
            : new AttentionOp(Flat(0), Flat(1), Flat(2), mask?.Repeated(x.Count), isCausal, factor);
        return all.Apply().Reshape(x.Of(Shape));
    }

    protected override void Unshare() => logSums = null;

    protected override Tensor Compute()
    {
        var (q, k, v) = (ValueOf(0), ValueOf(1), ValueOf(2));
        (var y, logSums) = DType == DType.Float32 ? Blocks<float>(q, k, v).Forward() : Blocks<double>(q, k, v).Forward();
        return y;
    }

    private AttentionBlocks<T> Blocks<T>(Tensor q, Tensor k, Tensor v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(q.RowMajor(), k.RowMajor(), v.RowMajor(), isMaskLearned ? AttentionMask.Of(ValueOf(3), [Shape[0]], q.Shape[1], k.Shape[1], DType) : mask, isCausal, factor);
}
