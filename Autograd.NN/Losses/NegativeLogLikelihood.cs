namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The negative log-likelihood of the true classes: the mean of −x_c, c being the class.</summary>
    /// <param name="prediction">x: log-probabilities, of shape [C], [N, C] or [N, C, …], such as <c>LogSoftmax(1)</c> gives.</param>
    /// <param name="target">The classes, Int64, 0 to C − 1, of the prediction's shape without its dimension C. Those that are −100 do not count.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type, or the target not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static Tensor NegativeLogLikelihood(Tensor prediction, Tensor target) => NegativeLogLikelihood(prediction, target, Reduction.Mean);

    /// <summary>The negative log-likelihood of the true classes −w_c x_c, summed up.</summary>
    /// <param name="prediction">x: log-probabilities, of shape [C], [N, C] or [N, C, …].</param>
    /// <param name="target">c: the classes, Int64, 0 to C − 1, of the prediction's shape without its dimension C.</param>
    /// <param name="reduction">How the terms are summed up; the mean is the weighted one, −Σ w_c x_c / Σ w_c, NaN if none counts.</param>
    /// <param name="weight">w: a factor for each class, of shape [C].</param>
    /// <param name="ignoreIndex">A target that does not count: its term and weight are 0.</param>
    /// <returns>One number, or one a target.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type, or the target not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static Tensor NegativeLogLikelihood(Tensor prediction, Tensor target, Reduction reduction, Tensor? weight = null, long ignoreIndex = -100)
    {
        CheckPrediction(prediction, target, nameof(NegativeLogLikelihood));
        var classes = ClassTarget.Check(prediction, target, weight, ignoreIndex, nameof(NegativeLogLikelihood));
        return classes.Reduce(classes.Weigh(-classes.Pick(prediction)), reduction);
    }
}
