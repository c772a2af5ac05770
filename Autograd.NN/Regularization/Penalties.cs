namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The lasso as a term of the loss: λ Σ|W| over all weights, which makes many of them 0. Its gradient is λ sign W. (Tibshirani, "Regression shrinkage and selection via the lasso", 1996.)</summary>
    /// <param name="parameters">The parameters, such as <c>model.Parameters()</c>. Those of rank 2 and more are weights; those of rank 0 and 1 (biases, scales) are left out.</param>
    /// <param name="strength">λ; 0 or more.</param>
    /// <returns>One number; 0 if there are no weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    public static Tensor L1Penalty(IEnumerable<Parameter> parameters, double strength)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(strength);
        Tensor? sum = null;
        foreach (var parameter in parameters)
        {
            if (parameter.Rank >= 2)
            {
                var sizes = parameter.Abs().Sum();
                sum = sum is null ? sizes : sum + sizes;
            }
        }

        return sum is null ? Tensor.Zeros([]) : sum * strength;
    }

    /// <summary>The elastic net as a term of the loss: λ₁ Σ|W| + λ₂/2 Σ W² over all weights. (Zou, Hastie, "Regularization and variable selection via the elastic net", 2005.)</summary>
    /// <param name="parameters">The parameters, such as <c>model.Parameters()</c>. Those of rank 2 and more are weights; those of rank 0 and 1 (biases, scales) are left out.</param>
    /// <param name="l1Strength">λ₁; 0 or more.</param>
    /// <param name="l2Strength">λ₂; 0 or more.</param>
    /// <returns>One number; 0 if there are no weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A strength is negative.</exception>
    public static Tensor ElasticNetPenalty(IEnumerable<Parameter> parameters, double l1Strength, double l2Strength)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameter[] all = [.. parameters];
        return L1Penalty(all, l1Strength) + L2Penalty(all, l2Strength);
    }

    /// <summary>A penalty on activations as a term of the loss: λ₁ Σ|a| + λ₂/2 Σ a², divided by the number of examples, which makes many of them 0: a sparse representation.</summary>
    /// <param name="activations">a: the outputs of a layer, an example in each entry of the first dimension.</param>
    /// <param name="l1Strength">λ₁; 0 or more.</param>
    /// <param name="l2Strength">λ₂; 0 or more.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A strength is negative.</exception>
    public static Tensor ActivityPenalty(Tensor activations, double l1Strength, double l2Strength = 0)
    {
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentOutOfRangeException.ThrowIfNegative(l1Strength);
        ArgumentOutOfRangeException.ThrowIfNegative(l2Strength);
        var terms = l2Strength == 0 ? activations.Abs() * l1Strength : (activations.Abs() * l1Strength) + (activations.Square() * (l2Strength / 2));
        return Reduce(terms, Reduction.BatchMean);
    }

    /// <summary>The entropy of softmax outputs, −Σ p ln p over one dimension, summed up. Subtracted from a loss, it keeps predictions from becoming too sure; added, it makes them so. (Pereyra et al., "Regularizing neural networks by penalizing confident output distributions", 2017.)</summary>
    /// <param name="logits">Logits, any numbers.</param>
    /// <param name="dim">The dimension of the classes; negative numbers count from the last.</param>
    /// <param name="reduction">How the terms, one a distribution, are summed up.</param>
    /// <returns>One number, or one a distribution: 0 to ln C.</returns>
    /// <exception cref="DTypeException">The logits are not of a floating-point type.</exception>
    public static Tensor Entropy(Tensor logits, int dim = -1, Reduction reduction = Reduction.Mean)
    {
        CheckPrediction(logits, logits, nameof(Entropy));
        var logs = logits.LogSoftmax(dim);

        // p ln p of an impossible class is 0, not 0·∞; its derivative, too.
        return Reduce(-(logs.Exp() * logs.Clamp(min: -1e4)).Sum(dim), reduction);
    }
}
