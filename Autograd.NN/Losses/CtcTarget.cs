namespace Autograd.NN;

/// <summary>The targets of <see cref="Loss.Ctc"/> with blanks around their labels, and where alignments may go.</summary>
internal sealed class CtcTarget
{
    private readonly long[] inputLengths;

    private CtcTarget(long[] labels, long[] lengths, long[] inputLengths, int blank)
    {
        this.inputLengths = inputLengths;
        var (batch, most) = (lengths.Length, labels.Length / Math.Max(1, lengths.Length));
        Width = (2 * most) + 1;
        var (extended, skips, begins) = (new long[batch * Width], new bool[batch * Width], new bool[batch * Width]);
        for (var n = 0; n < batch; n++)
        {
            for (var s = 0; s < Width; s++)
            {
                var place = (n * Width) + s;
                extended[place] = s % 2 == 0 || s / 2 >= lengths[n] ? blank : labels[(n * most) + (s / 2)];
                skips[place] = s >= 2 && extended[place] != blank && extended[place] != extended[place - 2];
                begins[place] = s < 2 && s <= 2 * lengths[n];
            }
        }

        int[] shape = [batch, Width];
        (Labels, Skips, Begins) = (Tensor.From(extended, shape), Tensor.From(skips, shape), Tensor.From(begins, shape));
        Last = Tensor.From(Array.ConvertAll(lengths, length => 2 * length), [batch, 1]);
        BeforeLast = Tensor.From(Array.ConvertAll(lengths, length => Math.Max(0, (2 * length) - 1)), [batch, 1]);
        IsEmpty = Tensor.From(Array.ConvertAll(lengths, length => length == 0), [batch, 1]);
        Divisors = Tensor.From(Array.ConvertAll(lengths, length => Math.Max(1, length)));
    }

    /// <summary>The number of labels with blanks, 2S + 1.</summary>
    public int Width { get; }

    /// <summary>Labels with blanks, [N, 2S + 1].</summary>
    public Tensor Labels { get; }

    /// <summary>Where an alignment may come from the second place before.</summary>
    public Tensor Skips { get; }

    /// <summary>Where an alignment may begin.</summary>
    public Tensor Begins { get; }

    /// <summary>The place of the last blank, [N, 1].</summary>
    public Tensor Last { get; }

    /// <summary>The place of the last label, [N, 1].</summary>
    public Tensor BeforeLast { get; }

    /// <summary>Whether a target has no labels, [N, 1].</summary>
    public Tensor IsEmpty { get; }

    /// <summary>The lengths of the targets, at least 1, [N].</summary>
    public Tensor Divisors { get; }

    /// <summary>Checks everything that goes into the loss.</summary>
    public static CtcTarget Check(Tensor logProbs, Tensor targets, Tensor inputLengths, Tensor targetLengths, int blank)
    {
        ArgumentNullException.ThrowIfNull(logProbs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(inputLengths);
        ArgumentNullException.ThrowIfNull(targetLengths);
        if (!logProbs.DType.IsFloatingPoint)
        {
            throw new DTypeException($"Loss.Ctc: the log-probabilities are {logProbs.DType}; they must be Float32 or Float64 numbers.");
        }

        if (logProbs.Rank != 3 || logProbs.Shape[0] == 0 || targets.Rank != 2 || targets.Shape[0] != logProbs.Shape[1]
            || !inputLengths.Shape.AsSpan().SequenceEqual([logProbs.Shape[1]]) || !targetLengths.Shape.AsSpan().SequenceEqual([logProbs.Shape[1]]))
        {
            throw new ShapeException($"Loss.Ctc: log-probabilities {logProbs.Shape}, targets {targets.Shape} and lengths {inputLengths.Shape} and {targetLengths.Shape} must be [T, N, C], [N, S], [N] and [N].");
        }

        foreach (var (name, numbers) in new[] { (nameof(targets), targets), (nameof(inputLengths), inputLengths), (nameof(targetLengths), targetLengths) })
        {
            if (numbers.DType != DType.Int64)
            {
                throw new DTypeException($"Loss.Ctc: {name} are Int64 numbers, not {numbers.DType}. Convert them: {name}.To(DType.Int64).");
            }
        }

        var (steps, classes, most) = (logProbs.Shape[0], logProbs.Shape[2], targets.Shape[1]);
        var (labels, lengths, inputs) = (targets.ToArray<long>(), targetLengths.ToArray<long>(), inputLengths.ToArray<long>());
        Require(blank, 0, classes - 1, nameof(blank), "the blank is one of the classes");
        for (var n = 0; n < lengths.Length; n++)
        {
            Require(inputs[n], 1, steps, nameof(inputLengths), "a sequence has that many steps");
            Require(lengths[n], 0, most, nameof(targetLengths), "a target has that many labels");
            for (var s = 0; s < lengths[n]; s++)
            {
                var label = labels[(n * most) + s];
                Require(label, 0, classes - 1, nameof(targets), "labels are classes");
                if (label == blank)
                {
                    throw new ArgumentOutOfRangeException(nameof(targets), label, $"Loss.Ctc: target {n} holds {label}, which is the blank; it comes between labels by itself.");
                }
            }
        }

        return new CtcTarget(labels, lengths, inputs, blank);
    }

    /// <summary>Which sequences still run at a step, [N, 1].</summary>
    public Tensor Runs(int step) => Tensor.From(Array.ConvertAll(inputLengths, length => step < length), [inputLengths.Length, 1]);

    private static void Require(long value, long least, long greatest, string name, string what)
    {
        if (value < least || value > greatest)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Loss.Ctc: {what}, {least} to {greatest}, not {value}.");
        }
    }
}
