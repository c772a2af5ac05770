using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

/// <summary>A loss for the tests that all losses share.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Call">The loss, of predictions [N, C] in −∞ … ∞ and targets likewise, whose gradient is checked.</param>
internal sealed record LossRow(string Method, Func<Tensor, Tensor, Reduction, Tensor> Call)
{
    public override string ToString() => Method;
}

/// <summary>Every loss of the library, one row each. A loss without a row fails the suite.</summary>
internal static class LossTable
{
    public static IEnumerable<LossRow> Rows =>
    [
        new("MeanSquaredError", (x, y, r) => Loss.MeanSquaredError(x, y, r)),
        new("HalfSquaredError", (x, y, r) => Loss.HalfSquaredError(x, y, r)),
        new("MeanAbsoluteError", (x, y, r) => Loss.MeanAbsoluteError(x, y, r)),
        new("Huber", (x, y, r) => Loss.Huber(x, y, r, 0.7)),
        new("SmoothL1", (x, y, r) => Loss.SmoothL1(x, y, r, 0.7)),
        new("BinaryCrossEntropy", (x, y, r) => Loss.BinaryCrossEntropy(x.Sigmoid(), y.Sigmoid(), r)),
        new("BinaryCrossEntropyWithLogits", (x, y, r) => Loss.BinaryCrossEntropyWithLogits(x, y.Sigmoid(), r, posWeight: Tensor.From(2.0))),
        new("CrossEntropy", (x, y, r) => Loss.CrossEntropy(x, y.Softmax(1), r, labelSmoothing: 0.1)),
        new("NegativeLogLikelihood", (x, y, r) => Loss.NegativeLogLikelihood(x.LogSoftmax(1), Classes(y), r)),
        new("KullbackLeiblerDivergence", (x, y, r) => Loss.KullbackLeiblerDivergence(x.LogSoftmax(1), y.Softmax(1), r)),
        new("PoissonNegativeLogLikelihood", (x, y, r) => Loss.PoissonNegativeLogLikelihood(x, y.Exp(), r)),
        new("GaussianNegativeLogLikelihood", (x, y, r) => Loss.GaussianNegativeLogLikelihood(x, y, (x * y).Exp(), r, full: true)),
        new("HingeEmbedding", (x, y, r) => Loss.HingeEmbedding(x, Signs(y), r)),
        new("MarginRanking", (x, y, r) => Loss.MarginRanking(x, y, Signs(x), r, 0.3)),
        new("MultiMargin", (x, y, r) => Loss.MultiMargin(x, Classes(y), r, 2)),
        new("MultiLabelMargin", (x, y, r) => Loss.MultiLabelMargin(x, LabelsOf(y), r)),
        new("TripletMarginWithDistance", (x, y, r) => Loss.TripletMarginWithDistance(x, y, x + y, (a, b) => (a - b).Square().Sum(-1), r, 30)),
        new("CosineEmbedding", (x, y, r) => Loss.CosineEmbedding(x, y, Signs(y)[.., 0], r, -0.5)),
        new("TripletMargin", (x, y, r) => Loss.TripletMargin(x, y, x + y, r, 3)),
        new("Perceptron", (x, y, r) => Loss.Perceptron(x, Signs(y), r)),
        new("Hinge", (x, y, r) => Loss.Hinge(x, Signs(y), r)),
        new("SoftMargin", (x, y, r) => Loss.SoftMargin(x, Signs(y), r)),
        new("SoftmaxMargin", (x, y, r) => Loss.SoftmaxMargin(x, Classes(y), r, 0.6)),
        new("MultiLabelSoftMargin", (x, y, r) => Loss.MultiLabelSoftMargin(x, y.Sigmoid(), r)),
        new("Ctc", (x, y, r) => Loss.Ctc(
            Tensor.Stack([x, y, x * y, x + y]).LogSoftmax(-1), Tensor.From([1L, 1]).Expand(x.Shape[0], 2), Tensor.Full([x.Shape[0]], 4L), Tensor.Full([x.Shape[0]], 2L), reduction: r)),
        new("Entropy", (x, y, r) => Loss.Entropy(x * y, 1, r)),
        new("L1Penalty", (x, y, r) => Penalty(x, w => Loss.L1Penalty(w, 0.3))),
        new("L2Penalty", (x, y, r) => Penalty(x, w => Loss.L2Penalty(w, 0.3))),
        new("ElasticNetPenalty", (x, y, r) => Penalty(x, w => Loss.ElasticNetPenalty(w, 0.3, 0.4))),
        new("ActivityPenalty", (x, y, r) => Loss.ActivityPenalty(x * y, 0.3, 0.4)),
    ];

    /// <summary>Whether a row has a say in how its terms are summed up.</summary>
    public static bool Reduces(LossRow row) => !row.Method.EndsWith("Penalty", StringComparison.Ordinal);

    private static Tensor Classes(Tensor y) => y.Detach().ArgMax(1);

    // Of each example the greatest alone.
    private static Tensor LabelsOf(Tensor y) => Tensor.Where(Tensor.Arange(y.Shape[1]).Eq(0), Classes(y).Unsqueeze(1), Tensor.Full([], -1L));

    private static Tensor Signs(Tensor y) => Tensor.Where(y.Detach() > 0, Tensor.Ones([], DType.Float64), -1);

    private static Tensor Penalty(Tensor x, Func<Parameter[], Tensor> penalty)
    {
        var parameter = new Parameter(Tensor.Zeros(x.Shape, DType.Float64));
        using (Variable.Substitute([new(parameter, x)]))
        {
            return penalty([parameter]);
        }
    }
}
