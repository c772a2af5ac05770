namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The perceptron's objective max(0, −t·s): −s·t summed over the examples on the wrong side, which are those with s·t below 0. A step of gradient descent on one example is the perceptron rule. (Rosenblatt, "The perceptron", 1958.)</summary>
    /// <param name="prediction">s: scores, any numbers, of any shape.</param>
    /// <param name="target">t: 1 or −1, of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor −1.</exception>
    public static Tensor Perceptron(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        CheckSameShape(prediction, target, nameof(Perceptron));
        CheckSigns(target, nameof(Perceptron));
        return Reduce((-(target * prediction)).Relu(), reduction);
    }

    /// <summary>The hinge loss max(0, margin − t·s) of support vector machines. (Cortes, Vapnik, "Support-vector networks", 1995.)</summary>
    /// <param name="prediction">s: scores, any numbers, of any shape.</param>
    /// <param name="target">t: 1 or −1, of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <param name="margin">How far on the right side a score is to be.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor −1.</exception>
    public static Tensor Hinge(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean, double margin = 1)
    {
        CheckSameShape(prediction, target, nameof(Hinge));
        CheckSigns(target, nameof(Hinge));
        return Reduce((margin - (target * prediction)).Relu(), reduction);
    }

    /// <summary>The soft margin loss ln(1 + e^(−t·s)): the log loss for targets ±1, without overflow.</summary>
    /// <param name="prediction">s: scores, any numbers, of any shape.</param>
    /// <param name="target">t: 1 or −1, of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor −1.</exception>
    public static Tensor SoftMargin(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        CheckSameShape(prediction, target, nameof(SoftMargin));
        CheckSigns(target, nameof(SoftMargin));
        return Reduce((-(target * prediction)).Softplus(), reduction);
    }
}
