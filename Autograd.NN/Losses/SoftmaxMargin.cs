namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The margin loss of softmax outputs: with ŷ = softmax z and the margin m = ŷ_c − max ŷ_d over the classes d other than the true one c, it is 1 for m ≤ 0, 1 − m/ρ up to ρ, and 0 from there on. (Mohri et al., "Foundations of machine learning", 2012.)</summary>
    /// <param name="prediction">z: logits, of shape [C], [N, C] or [N, C, …]; at least two classes.</param>
    /// <param name="target">c: the classes, Int64, 0 to C − 1, of the prediction's shape without its dimension C.</param>
    /// <param name="reduction">How the terms, one an example, are summed up.</param>
    /// <param name="rho">ρ: the margin that is wanted, between 0 and 1.</param>
    /// <returns>One number, or one an example.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or there is one class only.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type, or the target not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or ρ is not between 0 and 1.</exception>
    public static Tensor SoftmaxMargin(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean, double rho = 0.5)
    {
        CheckPrediction(prediction, target, nameof(SoftmaxMargin));
        if (!(rho > 0 && rho < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rho), rho, "Loss.SoftmaxMargin: ρ, the margin of probabilities that is wanted, lies between 0 and 1.");
        }

        var classes = ClassTarget.Check(prediction, target, weight: null, ClassTarget.NoneIgnored, nameof(SoftmaxMargin));
        var dim = ClassTarget.Dim(prediction);
        if (prediction.Shape[dim] < 2)
        {
            throw new ShapeException($"Loss.SoftmaxMargin: a prediction of shape {prediction.Shape} has one class, which has no margin to others; there must be two at least.");
        }

        var outputs = prediction.Softmax(dim);
        int[] along = [prediction.Shape[dim], .. Enumerable.Repeat(1, Math.Max(0, prediction.Rank - 2))];
        var others = Tensor.Arange(prediction.Shape[dim]).Reshape(along).Ne(target.Unsqueeze(dim));
        var margin = classes.Pick(outputs) - Tensor.Where(others, outputs, double.NegativeInfinity).Amax(dim);
        return Reduce((1 - (margin / rho)).Clamp(0, 1), reduction);
    }

    /// <summary>The log loss of several labels at once: the mean over the classes of −[y ln σ(z) + (1 − y) ln(1 − σ(z))], for each example.</summary>
    /// <param name="prediction">z: logits, of shape [C] or [N, C].</param>
    /// <param name="target">y: 0 to 1, of the same shape: whether the example has the label.</param>
    /// <param name="reduction">How the terms, one an example, are summed up.</param>
    /// <param name="weight">A factor for each class: [C].</param>
    /// <returns>One number, or one an example.</returns>
    /// <exception cref="ShapeException">The shapes differ, there are no classes, or the weight's does not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    public static Tensor MultiLabelSoftMargin(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean, Tensor? weight = null)
    {
        CheckSameShape(prediction, target, nameof(MultiLabelSoftMargin));
        if (prediction.Rank == 0)
        {
            throw new ShapeException("Loss.MultiLabelSoftMargin: a prediction of shape [] has no classes; it must be [C] or [N, C].");
        }

        return Reduce(BinaryCrossEntropyWithLogits(prediction, target, Reduction.None, weight).Mean(-1), reduction);
    }
}
