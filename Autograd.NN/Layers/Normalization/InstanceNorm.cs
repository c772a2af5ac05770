namespace Autograd.NN;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias, with mean and variance over each channel of each example. (Ulyanov et al., "Instance normalization", 2016.)</summary>
public abstract class InstanceNorm : Layer
{
    private readonly double eps;
    private readonly double momentum;
    private readonly int rank;

    private protected InstanceNorm(int rank, int numFeatures, double eps, double momentum, bool affine, bool trackRunningStats, DType? dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numFeatures);
        (this.rank, this.eps, this.momentum) = (rank, eps, momentum);
        NumFeatures = numFeatures;
        if (affine)
        {
            (Weight, Bias) = (new Parameter(Tensor.Ones([numFeatures], dtype)), new Parameter(Tensor.Zeros([numFeatures], dtype)));
        }

        if (trackRunningStats)
        {
            (RunningMean, RunningVar) = (new TensorBuffer(Tensor.Zeros([numFeatures], dtype)), new TensorBuffer(Tensor.Ones([numFeatures], dtype)));
            NumBatchesTracked = new TensorBuffer(Tensor.From(0L));
        }
    }

    /// <summary>The number of channels.</summary>
    public int NumFeatures { get; }

    /// <summary>The factors, [C], 1 at first; null without.</summary>
    public Parameter? Weight { get; }

    /// <summary>What is added, [C], 0 at first; null without.</summary>
    public Parameter? Bias { get; }

    /// <summary>The mean of each channel over the batches so far, used in evaluation; null without.</summary>
    public TensorBuffer? RunningMean { get; }

    /// <summary>The variance of each channel over the batches so far, used in evaluation; null without.</summary>
    public TensorBuffer? RunningVar { get; }

    /// <summary>How many batches there were.</summary>
    public TensorBuffer? NumBatchesTracked { get; }

    /// <inheritdoc/>
    protected override string HyperParameters
        => FormattableString.Invariant($"numFeatures: {NumFeatures}, eps: {eps}") + (Weight is null ? "" : ", affine: true") + (RunningMean is null ? "" : FormattableString.Invariant($", trackRunningStats: true, momentum: {momentum}"));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Rank < rank - 1 || x.Rank > rank || x.Shape[x.Rank - rank + 1] != NumFeatures)
        {
            throw new ShapeException($"{this}: the input has shape {x.Shape}; it must be [N, {NumFeatures}{string.Concat(Enumerable.Repeat(", size", rank - 2))}], or that without N.");
        }

        if (x.Rank < rank)
        {
            return Compute(x.Unsqueeze(0)).Squeeze(0);
        }

        var own = IsTraining || RunningMean is null;
        var (y, mean, variance) = x.InstanceNorm(RunningMean, RunningVar, Weight, Bias, own, momentum, eps);
        if (own && RunningMean is not null)
        {
            RunningMean.Assign(mean!.Evaluate());
            RunningVar!.Assign(variance!.Evaluate());
            NumBatchesTracked!.Assign(NumBatchesTracked + 1);
        }

        return y;
    }
}
