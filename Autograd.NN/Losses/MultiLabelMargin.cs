namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The margin loss of several labels at once: Σ max(0, 1 − x_j + x_i)/C over the classes j that an example has and the classes i that it has not. (Elisseeff, Weston, "A kernel method for multi-labelled classification", 2001.)</summary>
    /// <param name="prediction">x: scores, of shape [C] or [N, C].</param>
    /// <param name="target">The classes of each example, Int64, of the same shape: 0 to C − 1, one after the other, up to the first −1; what comes behind does not count.</param>
    /// <param name="reduction">How the terms, one an example, are summed up.</param>
    /// <returns>One number, or one an example.</returns>
    /// <exception cref="ShapeException">The shapes differ, or there are no classes.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type, or the target not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static Tensor MultiLabelMargin(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        CheckSameShape(prediction, target, nameof(MultiLabelMargin));
        if (prediction.Rank is not (1 or 2) || prediction.Shape[-1] == 0)
        {
            throw new ShapeException($"Loss.MultiLabelMargin: a prediction of shape {prediction.Shape} has no classes; it must be [C] or [N, C].");
        }

        if (target.DType != DType.Int64)
        {
            throw new DTypeException($"Loss.MultiLabelMargin: the classes of the target are Int64 numbers, not {target.DType}. Convert them: target.To(DType.Int64).");
        }

        var classes = prediction.Shape[-1];
        CheckLabels(target, classes);
        var counts = target.Lt(0).To(DType.Int64).CumSum(-1).Eq(0);
        var labels = Tensor.Where(counts, target, 0);
        var has = (labels.Unsqueeze(-1).Eq(Tensor.Arange(classes)) & counts.Unsqueeze(-1)).Any([-2]);
        var gaps = (1 - prediction.Gather(-1, labels).Unsqueeze(-1) + prediction.Unsqueeze(-2)).Relu();
        return Reduce(Tensor.Where(counts.Unsqueeze(-1) & !has.Unsqueeze(-2), gaps, 0).Sum([-2, -1]) / classes, reduction);
    }

    private static void CheckLabels(Tensor target, int classes)
    {
        if (target.IsBatched)
        {
            return;
        }

        foreach (var label in target.ToArray<long>())
        {
            if (label < -1 || label >= classes)
            {
                throw new ArgumentOutOfRangeException(nameof(target), label, $"Loss.MultiLabelMargin: the target holds class {label}; there are the classes 0 to {classes - 1}, and -1 for the end.");
            }
        }
    }
}
