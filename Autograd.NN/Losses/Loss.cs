namespace Autograd.NN;

/// <summary>Loss functions: how far predictions are from targets, as formulas of differentiable operations. Targets may require gradients, too.</summary>
/// <remarks>Prediction and target have the same shape; nothing is broadcast, since [n, 1] against [n] would give n² terms. Where element types differ, the wider one counts.</remarks>
public static partial class Loss
{
    internal static Tensor Reduce(Tensor terms, Reduction reduction) => reduction switch
    {
        Reduction.None => terms,
        Reduction.Mean => terms.Mean(),
        Reduction.Sum => terms.Sum(),
        Reduction.BatchMean => terms.Rank == 0 ? terms : terms.Sum() / terms.Shape[0],
        _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "A loss has the reductions None, Mean, Sum and BatchMean."),
    };

    /// <summary>Terms times their weights, summed up; the mean is the weighted one, Σ wt/Σ w.</summary>
    private static Tensor ReduceWeighted(Tensor terms, Tensor? weight, Reduction reduction, string loss)
    {
        CheckWeight(weight, terms.Shape, nameof(weight), loss);
        if (weight is null)
        {
            return Reduce(terms, reduction);
        }

        var weights = weight.ExpandAs(terms);
        return reduction == Reduction.Mean ? (terms * weights).Sum() / weights.Sum() : Reduce(terms * weights, reduction);
    }

    private static void CheckPrediction(Tensor prediction, Tensor target, string loss)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        if (!prediction.DType.IsFloatingPoint)
        {
            throw new DTypeException(
                $"Loss.{loss}: the prediction is {prediction.DType}; a loss is differentiated with respect to Float32 or Float64 numbers. " +
                (target.DType.IsFloatingPoint ? "Are prediction and target exchanged? The prediction comes first." : "Convert it: prediction.To(DType.Float32)."));
        }
    }

    private static void CheckSameShape(Tensor prediction, Tensor target, string loss)
    {
        CheckPrediction(prediction, target, loss);
        if (prediction.Shape != target.Shape)
        {
            var sameCount = prediction.ElementCount == target.ElementCount;
            throw new ShapeException(
                $"Loss.{loss}: the prediction has shape {prediction.Shape}, the target {target.Shape}; they must be equal. " +
                (sameCount ? "Reshape one of them: target.Reshape(prediction.Shape)." : "If one is meant to be repeated, say so: target.ExpandAs(prediction)."));
        }
    }

    private static void CheckWeight(Tensor? weight, Shape terms, string name, string loss)
    {
        var lead = terms.Rank - (weight?.Rank ?? 0);
        var fits = lead >= 0;
        for (var i = 0; fits && i < terms.Rank - lead; i++)
        {
            fits = weight!.Shape[i] == 1 || weight.Shape[i] == terms[lead + i];
        }

        if (!fits)
        {
            throw new ShapeException($"Loss.{loss}: {name} has shape {weight!.Shape}, which does not broadcast to the terms' shape {terms}. Give one number a term, or sizes that fit from the last dimension on.");
        }
    }
}
