namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>Half the squared error, ½(h − y)², summed up: with the sum it is ½‖h − y‖², with the mean over examples 1/(2N) Σ‖hₙ − yₙ‖². Its derivative is h − y, without a factor 2.</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <param name="reduction">How the terms are summed up; left out, their sum divided by the number of examples, which come in the first dimension.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor HalfSquaredError(Tensor prediction, Tensor target, Reduction reduction = Reduction.BatchMean)
    {
        CheckSameShape(prediction, target, nameof(HalfSquaredError));
        return Reduce((prediction - target).Square() * 0.5, reduction);
    }
}
