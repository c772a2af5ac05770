using Autograd.NN;

namespace Autograd.Tests.Golden.Operations;

/// <summary>The family losses.</summary>
internal static class Losses
{
    public static readonly OperationRows Rows = new()
    {
        ["mse_loss"] = a => Broadcast(a, (x, y) => Loss.MeanSquaredError(x, y, ReductionOf(a, 2), a.TensorOrNull(3, "weight"))),
        ["l1_loss"] = a => Broadcast(a, (x, y) => Loss.MeanAbsoluteError(x, y, ReductionOf(a, 2), a.TensorOrNull(3, "weight"))),
        ["huber_loss"] = a => Broadcast(a, (x, y) => Loss.Huber(x, y, ReductionOf(a, 2), a.Number(3, "delta", 1), a.TensorOrNull(4, "weight"))),
        ["smooth_l1_loss"] = a => Broadcast(a, (x, y) => Loss.SmoothL1(x, y, ReductionOf(a, 2), a.Number(3, "beta", 1))),
        ["kl_div"] = a => Broadcast(a, (x, y) => Loss.KullbackLeiblerDivergence(x, y, ReductionOf(a, 2), a.Flag(3, "log_target"))),
        ["poisson_nll_loss"] = a => Broadcast(a, (x, y) => Loss.PoissonNegativeLogLikelihood(x, y, ReductionOf(a, 5), a.Flag(2, "log_input", true), a.Flag(3, "full"), a.Number(4, "eps", 1e-8))),
        ["gaussian_nll_loss"] = a => Broadcast(a, (x, y) => Loss.GaussianNegativeLogLikelihood(x, y, Variance(a), ReductionOf(a, 5), a.Flag(3, "full"), a.Number(4, "eps", 1e-6))),
        ["hinge_embedding_loss"] = a => Loss.HingeEmbedding(a.Tensor(0), a.Tensor(1), ReductionOf(a, 3), a.Number(2, "margin", 1)),
        ["margin_ranking_loss"] = a => Broadcast(a, (x, y) => Loss.MarginRanking(x, y, a.Tensor(2).ExpandAs(x), ReductionOf(a, 4), a.Number(3, "margin", 0))),
        ["multi_margin_loss"] = a => Loss.MultiMargin(
            a.Tensor(0).Rank == 0 ? a.Tensor(0).Reshape(1) : a.Tensor(0), a.Tensor(1), ReductionOf(a, 5), a.Int(2, "p", 1), a.Number(3, "margin", 1), a.TensorOrNull(4, "weight")),
        ["cosine_embedding_loss"] = a => Loss.CosineEmbedding(a.Tensor(0), a.Tensor(1), a.Tensor(2), ReductionOf(a, 4), a.Number(3, "margin", 0)),
        ["triplet_margin_loss"] = a => Loss.TripletMargin(
            a.Tensor(0), a.Tensor(1), a.Tensor(2), ReductionOf(a, 7), a.Number(3, "margin", 1), a.Number(4, "p", 2), a.Number(5, "eps", 1e-6), a.Flag(6, "swap")),
        ["cosine_similarity"] = a => Tensor.CosineSimilarity(a.Tensor(0), a.Tensor(1), a.Int(2, "dim", 1), a.Number(3, "eps", 1e-8)),
        ["pairwise_distance"] = a => Tensor.PairwiseDistance(a.Tensor(0), a.Tensor(1), a.Number(2, "p", 2), a.Number(3, "eps", 1e-6), a.Flag(4, "keepdim")),
        ["binary_cross_entropy"] = a => Loss.BinaryCrossEntropy(a.Tensor(0), a.Tensor(1), ReductionOf(a, 3), a.TensorOrNull(2, "weight")),
        ["binary_cross_entropy_with_logits"] = a => Loss.BinaryCrossEntropyWithLogits(
            a.Tensor(0), a.Tensor(1), ReductionOf(a, 3), a.TensorOrNull(2, "weight"), a.TensorOrNull(4, "pos_weight")),
        ["cross_entropy/class_indices"] = CrossEntropy,
        ["cross_entropy/probabilities"] = CrossEntropy,
        ["nll_loss"] = a => Loss.NegativeLogLikelihood(a.Tensor(0), a.Tensor(1), ReductionOf(a, 4), a.TensorOrNull(2, "weight"), a.Int(3, "ignore_index", -100)),
    };

    private static Reduction ReductionOf(Arguments a, int position) => Enum.Parse<Reduction>(a.Text(position, "reduction", "mean"), ignoreCase: true);

    // PyTorch broadcasts prediction and target, with a warning; here that has to be said.
    private static Results Broadcast(Arguments a, Func<Tensor, Tensor, Tensor> loss)
    {
        var (x, y) = (a.Tensor(0), a.Tensor(1));
        var shape = (x + y).Shape;
        return loss(x.Expand(shape), y.Expand(shape));
    }

    // PyTorch adds a last dimension to variances that have none.
    private static Tensor Variance(Arguments a)
        => !a.IsTensor(2, "var") ? Tensor.From(a.Scalar(2, "var"), DType.Float64)
            : a.Tensor(0).Rank > 0 && a.Tensor(2).Shape != a.Tensor(0).Shape && a.Tensor(2).Shape.AsSpan().SequenceEqual(a.Tensor(0).Shape.AsSpan()[..^1]) ? a.Tensor(2).Unsqueeze(-1)
            : a.Tensor(2);

    private static Results CrossEntropy(Arguments a)
        => Loss.CrossEntropy(a.Tensor(0), a.Tensor(1), ReductionOf(a, 4), a.TensorOrNull(2, "weight"), a.Int(3, "ignore_index", -100), a.Number(5, "label_smoothing", 0));
}
