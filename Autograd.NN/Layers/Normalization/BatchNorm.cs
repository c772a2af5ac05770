namespace Autograd.NN;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias for each channel: with the batch's own mean and variance in training, which are mixed into running ones, and with the running ones in evaluation.
/// (Ioffe, Szegedy, "Batch normalization", 2015.)</summary>
public abstract class BatchNorm : Layer
{
    private readonly double eps;
    private readonly double? momentum;
    private readonly (int Least, int Most) rank;

    private protected BatchNorm(int least, int most, int numFeatures, double eps, double? momentum, bool affine, bool trackRunningStats, DType? dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numFeatures);
        (rank, this.eps, this.momentum) = ((least, most), eps, momentum);
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

    /// <summary>The mean of each channel over the batches so far; null if the batch's own count in evaluation, too.</summary>
    public TensorBuffer? RunningMean { get; }

    /// <summary>The variance of each channel over the batches so far.</summary>
    public TensorBuffer? RunningVar { get; }

    /// <summary>How many batches there were.</summary>
    public TensorBuffer? NumBatchesTracked { get; }

    /// <inheritdoc/>
    protected override string HyperParameters
        => FormattableString.Invariant($"numFeatures: {NumFeatures}, eps: {eps}, momentum: {(momentum is { } m ? m : "null")}") + (Weight is null ? ", affine: false" : "") + (RunningMean is null ? ", trackRunningStats: false" : "");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (x.Rank < rank.Least || x.Rank > rank.Most || x.Shape[1] != NumFeatures)
        {
            throw new ShapeException($"{this}: the input has shape {x.Shape}; it must be [N, {NumFeatures}{string.Concat(Enumerable.Repeat(", size", rank.Most - 2))}]{(rank.Least < rank.Most ? $" or [N, {NumFeatures}]" : "")}.");
        }

        var own = IsTraining || RunningMean is null;
        if (!IsTraining || RunningMean is null)
        {
            return x.BatchNorm(RunningMean, RunningVar, Weight, Bias, training: own, eps: eps).Output;
        }

        NumBatchesTracked!.Assign(NumBatchesTracked + 1);
        var (y, mean, variance) = x.BatchNorm(RunningMean, RunningVar, Weight, Bias, training: true, momentum ?? 1.0 / NumBatchesTracked.Item<long>(), eps);

        // Evaluated now: a value that is still to be computed would keep the batch alive.
        RunningMean.Assign(mean!.Evaluate());
        RunningVar!.Assign(variance!.Evaluate());
        return y;
    }
}
