namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The mean absolute error, or L1 loss: the mean of |h − y|.</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target) => MeanAbsoluteError(prediction, target, Reduction.Mean);

    /// <summary>The absolute error, or L1 loss, |h − y|, summed up.</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <param name="weight">A factor for each term, of a shape that broadcasts to theirs; the mean is the weighted one, Σ w|h − y|/Σ w.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ, or the weight's does not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target, Reduction reduction, Tensor? weight = null)
    {
        CheckSameShape(prediction, target, nameof(MeanAbsoluteError));
        return ReduceWeighted((prediction - target).Abs(), weight, reduction, nameof(MeanAbsoluteError));
    }

    /// <summary>The mean Huber loss with δ = 1: ½(h − y)² up to a distance of 1, |h − y| − ½ beyond. (Huber, "Robust estimation of a location parameter", 1964.)</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor Huber(Tensor prediction, Tensor target) => Huber(prediction, target, Reduction.Mean);

    /// <summary>The Huber loss, ½(h − y)² up to a distance of δ, δ(|h − y| − ½δ) beyond, summed up. (Huber, "Robust estimation of a location parameter", 1964.)</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <param name="delta">δ: above 0.</param>
    /// <param name="weight">A factor for each term, of a shape that broadcasts to theirs; the mean is the weighted one.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ, or the weight's does not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">δ is not above 0.</exception>
    public static Tensor Huber(Tensor prediction, Tensor target, Reduction reduction, double delta = 1, Tensor? weight = null)
    {
        CheckSameShape(prediction, target, nameof(Huber));
        return delta > 0
            ? ReduceWeighted(HuberTerms(prediction - target, delta), weight, reduction, nameof(Huber))
            : throw new ArgumentOutOfRangeException(nameof(delta), delta, "Loss.Huber: delta, where the parabola goes over into straight lines, is above 0.");
    }

    /// <summary>The mean smooth L1 loss with β = 1, which is the Huber loss with δ = 1.</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor SmoothL1(Tensor prediction, Tensor target) => SmoothL1(prediction, target, Reduction.Mean);

    /// <summary>The smooth L1 loss, ½(h − y)²/β up to a distance of β, |h − y| − ½β beyond, summed up: the Huber loss divided by β. (Girshick, "Fast R-CNN", 2015.)</summary>
    /// <param name="prediction">h; of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <param name="beta">β: 0 or more; 0 is the L1 loss.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">β is below 0.</exception>
    public static Tensor SmoothL1(Tensor prediction, Tensor target, Reduction reduction, double beta = 1)
    {
        CheckSameShape(prediction, target, nameof(SmoothL1));
        var difference = prediction - target;
        return beta switch
        {
            > 0 => Reduce(HuberTerms(difference, beta) / beta, reduction),
            0 => Reduce(difference.Abs(), reduction),
            _ => throw new ArgumentOutOfRangeException(nameof(beta), beta, "Loss.SmoothL1: beta, where the parabola goes over into straight lines, is 0 or more."),
        };
    }

    // With d limited to ±δ: beyond, its square is constant and |d| grows on. A branch for each would square what is infinite.
    private static Tensor HuberTerms(Tensor d, double delta)
    {
        var limited = d.Clamp(-delta, delta);
        return (limited.Square() * 0.5) + ((d.Abs() - limited.Abs()) * delta);
    }
}
