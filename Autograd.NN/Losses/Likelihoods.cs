namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The Kullback-Leibler divergence of distributions: the mean of t(ln t − x), of log-probabilities x. <see cref="Reduction.BatchMean"/> gives the divergence proper.</summary>
    /// <param name="prediction">x: log-probabilities, of any shape.</param>
    /// <param name="target">t: probabilities, of the same shape.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor KullbackLeiblerDivergence(Tensor prediction, Tensor target) => KullbackLeiblerDivergence(prediction, target, Reduction.Mean);

    /// <summary>The Kullback-Leibler divergence t(ln t − x) of log-probabilities x, in which 0 ln 0 = 0, summed up.</summary>
    /// <param name="prediction">x: log-probabilities, of any shape.</param>
    /// <param name="target">t: probabilities, of the same shape; or their logarithms.</param>
    /// <param name="reduction">How the terms are summed up. The divergence of a distribution is a sum: use BatchMean for the mean of several.</param>
    /// <param name="logTarget">Whether the target holds logarithms.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor KullbackLeiblerDivergence(Tensor prediction, Tensor target, Reduction reduction, bool logTarget = false)
    {
        CheckSameShape(prediction, target, nameof(KullbackLeiblerDivergence));
        return Reduce(logTarget ? target.Exp() * (target - prediction) : target.Xlogy(target) - (target * prediction), reduction);
    }

    /// <summary>The negative log-likelihood of normal distributions: ½[ln σ² + (h − y)²/σ²], where σ² is at least ε, summed up. (Nix, Weigend, "Estimating the mean and variance of the target probability distribution", 1994.)</summary>
    /// <param name="prediction">h: the means, of any shape.</param>
    /// <param name="target">y; of the same shape.</param>
    /// <param name="variance">σ²: 0 or more, of a shape that broadcasts to theirs. Below ε it counts as ε and has no gradient.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <param name="full">Whether the constant ½ ln 2π is included.</param>
    /// <param name="eps">ε: above 0.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A variance is negative.</exception>
    public static Tensor GaussianNegativeLogLikelihood(
        Tensor prediction, Tensor target, Tensor variance, Reduction reduction = Reduction.Mean, bool full = false, double eps = 1e-6)
    {
        ArgumentNullException.ThrowIfNull(variance);
        CheckSameShape(prediction, target, nameof(GaussianNegativeLogLikelihood));
        CheckWeight(variance, prediction.Shape, nameof(variance), nameof(GaussianNegativeLogLikelihood));
        using (Grad.Disabled())
        {
            if (!variance.IsBatched && (variance < 0).Any().Item<bool>())
            {
                throw new ArgumentOutOfRangeException(nameof(variance), "Loss.GaussianNegativeLogLikelihood: a variance is negative. Let the model give its logarithm, and apply Exp(); or Softplus().");
            }
        }

        var spread = variance.Clamp(min: eps);
        var terms = (spread.Log() + ((prediction - target).Square() / spread)) * 0.5;
        return Reduce(full ? terms + (0.5 * Math.Log(2 * Math.PI)) : terms, reduction);
    }

    /// <summary>The mean negative log-likelihood of Poisson distributions: the mean of eᶻ − y z, z being the logarithm of the expected count.</summary>
    /// <param name="prediction">z; of any shape.</param>
    /// <param name="target">y: counts, of the same shape.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor PoissonNegativeLogLikelihood(Tensor prediction, Tensor target) => PoissonNegativeLogLikelihood(prediction, target, Reduction.Mean);

    /// <summary>The negative log-likelihood of Poisson distributions, eᶻ − y z of logarithms z of the expected counts, or λ − y ln(λ + ε) of the expected counts λ, summed up.</summary>
    /// <param name="prediction">z or λ; of any shape.</param>
    /// <param name="target">y: counts, of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <param name="logInput">Whether the prediction holds logarithms.</param>
    /// <param name="full">Whether Stirling's approximation of ln y!, y ln y − y + ½ ln 2πy for y &gt; 1, is included.</param>
    /// <param name="eps">ε.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor PoissonNegativeLogLikelihood(
        Tensor prediction, Tensor target, Reduction reduction, bool logInput = true, bool full = false, double eps = 1e-8)
    {
        CheckSameShape(prediction, target, nameof(PoissonNegativeLogLikelihood));
        var terms = logInput ? prediction.Exp() - (target * prediction) : prediction - (target * (prediction + eps).Log());
        if (full)
        {
            var many = target > 1;
            var y = Tensor.Where(many, target, 1).To(terms.DType);
            terms += Tensor.Where(many, (y * y.Log()) - y + ((y * (2 * Math.PI)).Log() * 0.5), 0);
        }

        return Reduce(terms, reduction);
    }
}
