namespace Autograd.NN;

public static partial class Loss
{
    // A logarithm of a probability is not less than this, so that one impossible prediction does not make the loss infinite (PyTorch's bound).
    private const double LeastLog = -100;

    /// <summary>The log loss of probabilities: the mean of −[y ln φ + (1 − y) ln(1 − φ)], where logarithms are at least −100.</summary>
    /// <param name="prediction">φ: probabilities, 0 to 1, of any shape.</param>
    /// <param name="target">y: 0 to 1, of the same shape.</param>
    /// <returns>One number.</returns>
    /// <remarks>Of a model that ends in a sigmoid, <see cref="BinaryCrossEntropyWithLogits(Tensor, Tensor)"/> before the sigmoid is more accurate and never saturates.</remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A prediction is no probability.</exception>
    public static Tensor BinaryCrossEntropy(Tensor prediction, Tensor target) => BinaryCrossEntropy(prediction, target, Reduction.Mean);

    /// <summary>The log loss of probabilities −w[y ln φ + (1 − y) ln(1 − φ)], summed up; logarithms are at least −100, where their derivative is 0.</summary>
    /// <param name="prediction">φ: probabilities, 0 to 1, of any shape.</param>
    /// <param name="target">y: 0 to 1, of the same shape.</param>
    /// <param name="reduction">How the terms are summed up; the mean divides by their number.</param>
    /// <param name="weight">w: a factor for each term, of a shape that broadcasts to theirs.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ, or the weight's does not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A prediction is no probability.</exception>
    public static Tensor BinaryCrossEntropy(Tensor prediction, Tensor target, Reduction reduction, Tensor? weight = null)
    {
        CheckSameShape(prediction, target, nameof(BinaryCrossEntropy));
        CheckWeight(weight, prediction.Shape, nameof(weight), nameof(BinaryCrossEntropy));
        CheckProbabilities(prediction, nameof(BinaryCrossEntropy));

        // Where a bound holds, the logarithm gets another operand: 0 times the infinite derivative would be NaN.
        var impossible = prediction <= Math.Exp(LeastLog);
        var certain = prediction >= 1;
        var logOfTrue = Tensor.Where(impossible, LeastLog, Tensor.Where(impossible, 1, prediction).Log());
        var logOfFalse = Tensor.Where(certain, LeastLog, (-Tensor.Where(certain, 0, prediction)).Log1p());
        var terms = -((target * logOfTrue) + ((1 - target) * logOfFalse));
        return Reduce(weight is null ? terms : terms * weight, reduction);
    }

    private static void CheckProbabilities(Tensor prediction, string loss)
    {
        using var _ = Grad.Disabled();
        var outside = (prediction < 0) | (prediction > 1);
        if (!outside.IsBatched && outside.Any().Item<bool>())
        {
            var example = prediction.MaskedSelect(outside).Flatten()[0].Item();
            throw new ArgumentOutOfRangeException(
                nameof(prediction), FormattableString.Invariant($"Loss.{loss}: a prediction is {example}, no probability. Of logits, use Loss.BinaryCrossEntropyWithLogits, or apply Sigmoid() first."));
        }
    }
}
