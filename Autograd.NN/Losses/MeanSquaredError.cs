namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The mean squared error: the mean of (h − y)².</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target) => MeanSquaredError(prediction, target, Reduction.Mean);

    /// <summary>The squared error (h − y)², summed up. The sum Σ(h − y)² times ½ or 1/(2N) gives its other scalings.</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <param name="reduction">How the squares are summed up.</param>
    /// <param name="weight">A factor for each square, of a shape that broadcasts to theirs; the mean is that of the weighted squares, Σ w(h − y)²/Σ w.</param>
    /// <returns>One number, or one a square.</returns>
    /// <exception cref="ShapeException">The shapes differ, or the weight's does not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target, Reduction reduction, Tensor? weight = null)
    {
        CheckSameShape(prediction, target, nameof(MeanSquaredError));
        return ReduceWeighted((prediction - target).Square(), weight, reduction, nameof(MeanSquaredError));
    }
}
