using Autograd.NN;

namespace Autograd.Tests.Golden.Operations;

/// <summary>The family losses.</summary>
internal static class Losses
{
    public static readonly OperationRows Rows = new()
    {
        ["mse_loss"] = MeanSquaredError,
        ["binary_cross_entropy"] = a => Loss.BinaryCrossEntropy(a.Tensor(0), a.Tensor(1), ReductionOf(a, 3), a.TensorOrNull(2, "weight")),
        ["binary_cross_entropy_with_logits"] = a => Loss.BinaryCrossEntropyWithLogits(
            a.Tensor(0), a.Tensor(1), ReductionOf(a, 3), a.TensorOrNull(2, "weight"), a.TensorOrNull(4, "pos_weight")),
        ["cross_entropy/class_indices"] = CrossEntropy,
        ["cross_entropy/probabilities"] = CrossEntropy,
        ["nll_loss"] = a => Loss.NegativeLogLikelihood(a.Tensor(0), a.Tensor(1), ReductionOf(a, 4), a.TensorOrNull(2, "weight"), a.Int(3, "ignore_index", -100)),
    };

    private static Reduction ReductionOf(Arguments a, int position) => Enum.Parse<Reduction>(a.Text(position, "reduction", "mean"), ignoreCase: true);

    // PyTorch broadcasts the target, with a warning; here that has to be said.
    private static Results MeanSquaredError(Arguments a)
    {
        var (x, y) = (a.Tensor(0), a.Tensor(1));
        var shape = (x - y).Shape;
        return Loss.MeanSquaredError(x.Expand(shape), y.Expand(shape), ReductionOf(a, 2), a.TensorOrNull(3, "weight"));
    }

    private static Results CrossEntropy(Arguments a)
        => Loss.CrossEntropy(a.Tensor(0), a.Tensor(1), ReductionOf(a, 4), a.TensorOrNull(2, "weight"), a.Int(3, "ignore_index", -100), a.Number(5, "label_smoothing", 0));
}
