namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The log loss of logits: the mean of −[y ln σ(z) + (1 − y) ln(1 − σ(z))], computed without overflow or cancellation. Its derivative is σ(z) − y.</summary>
    /// <param name="prediction">z: logits, any numbers, of any shape.</param>
    /// <param name="target">y: 0 to 1, of the same shape.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor prediction, Tensor target) => BinaryCrossEntropyWithLogits(prediction, target, Reduction.Mean);

    /// <summary>The log loss of logits −w[c y ln σ(z) + (1 − y) ln(1 − σ(z))], summed up.</summary>
    /// <param name="prediction">z: logits, any numbers, of any shape.</param>
    /// <param name="target">y: 0 to 1, of the same shape.</param>
    /// <param name="reduction">How the terms are summed up; the mean divides by their number.</param>
    /// <param name="weight">w: a factor for each term, of a shape that broadcasts to theirs.</param>
    /// <param name="posWeight">c: a factor for positive targets, of a shape that broadcasts to the terms'; above 1 it favours recall.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ, or a weight's does not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor prediction, Tensor target, Reduction reduction, Tensor? weight = null, Tensor? posWeight = null)
    {
        CheckSameShape(prediction, target, nameof(BinaryCrossEntropyWithLogits));
        CheckWeight(weight, prediction.Shape, nameof(weight), nameof(BinaryCrossEntropyWithLogits));
        CheckWeight(posWeight, prediction.Shape, nameof(posWeight), nameof(BinaryCrossEntropyWithLogits));

        // −ln σ(z) = s + z(h − 1) and −ln(1 − σ(z)) = s + zh, with s = ln(1 + e^(−|z|)) and h = 1 for z > 0, else 0. Everything is positive or exactly 0, so that
        // nothing cancels, in value or slope. |z| is written with h's branches: its derivative at 0, 0 by convention, would not fit that of zh.
        var (z, y) = (prediction, target);
        var h = z.Step();
        var s = Tensor.Where(z > 0, -z, z).Softplus();
        var terms = posWeight is null
            ? s + (z * (h - y))
            : ((s + (z * (h - 1))) * y * posWeight) + ((s + (z * h)) * (1 - y));
        return Reduce(weight is null ? terms : terms * weight, reduction);
    }
}
