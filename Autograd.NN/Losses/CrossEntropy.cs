namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The cross-entropy of logits: the mean of −ln softmax(z)_c = −z_c + ln Σ e^z of the true classes c, or of −Σ t ln softmax(z) of probabilities t.</summary>
    /// <param name="prediction">z: logits, any numbers, of shape [C], [N, C] or [N, C, …]: the classes come in dimension 1 (0 of a vector).</param>
    /// <param name="target">Either the classes, Int64, 0 to C − 1, of the prediction's shape without its dimension C (−100 does not count); or probabilities, of the prediction's shape.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type, or the target is Bool.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static Tensor CrossEntropy(Tensor prediction, Tensor target) => CrossEntropy(prediction, target, Reduction.Mean);

    /// <summary>The cross-entropy of logits: −w_c ln softmax(z)_c of the true classes c, or −Σ w t ln softmax(z) of probabilities t, summed up.</summary>
    /// <param name="prediction">z: logits, any numbers, of shape [C], [N, C] or [N, C, …]: the classes come in dimension 1 (0 of a vector).</param>
    /// <param name="target">Either the classes, Int64, 0 to C − 1, of the prediction's shape without its dimension C; or probabilities, of the prediction's shape.</param>
    /// <param name="reduction">How the terms, one an example, are summed up. The mean divides by the sum of w_c of classes, but by the number of examples with probabilities.</param>
    /// <param name="weight">w: a factor for each class, of shape [C].</param>
    /// <param name="ignoreIndex">A class that does not count: its term and weight are 0.</param>
    /// <param name="labelSmoothing">ε, 0 to 1: the target distribution is mixed with the uniform one, (1 − ε)t + ε/C. (Szegedy et al., "Rethinking the Inception architecture", 2016.)</param>
    /// <returns>One number, or one an example.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type, or the target is Bool.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or ε is not between 0 and 1.</exception>
    public static Tensor CrossEntropy(
        Tensor prediction, Tensor target, Reduction reduction, Tensor? weight = null, long ignoreIndex = -100, double labelSmoothing = 0)
    {
        CheckPrediction(prediction, target, nameof(CrossEntropy));
        if (labelSmoothing is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "Loss.CrossEntropy: label smoothing lies between 0 and 1.");
        }

        return target.DType.IsFloatingPoint
            ? CrossEntropyOfProbabilities(prediction, target, reduction, weight, labelSmoothing)
            : CrossEntropyOfClasses(prediction, target, reduction, weight, ignoreIndex, labelSmoothing);
    }

    private static Tensor CrossEntropyOfClasses(Tensor prediction, Tensor target, Reduction reduction, Tensor? weight, long ignoreIndex, double smoothing)
    {
        var classes = ClassTarget.Check(prediction, target, weight, ignoreIndex, nameof(CrossEntropy));
        var dim = ClassTarget.Dim(prediction);
        var logs = prediction.LogSoftmax(dim);
        var terms = classes.Weigh(-classes.Pick(logs));
        if (smoothing > 0)
        {
            var even = -Weighted(logs, weight).Mean(dim);
            terms = (terms * (1 - smoothing)) + (classes.LeaveOut(even) * smoothing);
        }

        return classes.Reduce(terms, reduction);
    }

    private static Tensor CrossEntropyOfProbabilities(Tensor prediction, Tensor target, Reduction reduction, Tensor? weight, double smoothing)
    {
        CheckSameShape(prediction, target, nameof(CrossEntropy));
        ClassTarget.CheckWeight(prediction, weight, nameof(CrossEntropy));
        var dim = ClassTarget.Dim(prediction);
        var mixed = smoothing > 0 ? (target * (1 - smoothing)) + (smoothing / prediction.Shape[dim]) : target;
        return Reduce(-(Weighted(prediction.LogSoftmax(dim), weight) * mixed).Sum(dim), reduction);
    }

    /// <summary>Scores times the weights of their classes, [C] along the class dimension.</summary>
    private static Tensor Weighted(Tensor scores, Tensor? weight)
        => weight is null ? scores
            : scores.Rank > 1 ? scores * weight.Reshape([weight.ElementCount, .. Enumerable.Repeat(1, scores.Rank - 2)])
            : scores * weight;
}
