using Autograd.NN;

namespace Autograd.Tests.Generators;

/// <content>Convolution, pooling and resampling, normalization, attention, losses.</content>
internal static partial class ProgramOperations
{
    // [1, 2, n], [1, 1, 2, n], [1, 1, 2, 2, n]
    private static readonly Operand Channels = Made(x => Tensor.Stack([x.Flatten(), x.Flatten().Cos() * 2]).Unsqueeze(0));
    private static readonly Operand Image = Made(x => Tensor.Stack([x.Flatten(), x.Flatten().Cos() * 2]).Reshape(1, 1, 2, -1));
    private static readonly Operand Volume = Made(x => Tensor.Stack([x.Flatten(), x.Flatten().Cos() * 2, x.Flatten().Sigmoid() * 3, 1 - x.Flatten()]).Reshape(1, 1, 2, 2, -1));

    private static readonly Operand Probability = Made(x => x.Sigmoid() * 0.8 + 0.1);

    private static IEnumerable<ProgramOperation> Images() =>
    [
        On(Channels, i => i.MaxPool1d(2), Smooth.Distinct),
        On(Image, i => i.MaxPool2d(2, 1), Smooth.Distinct),
        On(Volume, i => i.MaxPool3d(2, 1), Smooth.Distinct),
        On(Channels, i => i.MaxPool1dWithIndices(2, 1).Values, Smooth.Distinct),
        On(Image, i => i.MaxPool2dWithIndices(2, 1).Values, Smooth.Distinct),
        On(Volume, i => i.MaxPool3dWithIndices(2, 1).Values, Smooth.Distinct),
        On(Channels, i => i.AdaptiveMaxPool1d(2), Smooth.Distinct),
        On(Image, i => i.AdaptiveMaxPool2d(2), Smooth.Distinct),
        On(Volume, i => i.AdaptiveMaxPool3d(2), Smooth.Distinct),
        On(Channels, i => i.AdaptiveMaxPool1dWithIndices(2).Values, Smooth.Distinct),
        On(Image, i => i.AdaptiveMaxPool2dWithIndices(1).Values, Smooth.Distinct),
        On(Volume, i => i.AdaptiveMaxPool3dWithIndices(1).Values, Smooth.Distinct),
        On(Channels, i => i.AvgPool1d(2)),
        On(Image, i => i.AvgPool2d(2, 1, 1)),
        On(Volume, i => i.AvgPool3d(2, 1)),
        On(Channels, i => i.AdaptiveAvgPool1d(2)),
        On(Image, i => i.AdaptiveAvgPool2d(2)),
        On(Volume, i => i.AdaptiveAvgPool3d(1)),
        On(Channels, i => i.Conv1d(i.Cos().Narrow(2, 0, 1), padding: 1)),
        On(Image, i => i.Conv2d(i.Sin().Narrow(3, 0, 1), stride: 2)),
        On(Volume, i => i.Conv3d(i.Sin().Narrow(4, 0, 1))),
        On(Channels, i => i.ConvTranspose1d(i.Cos().Narrow(2, 0, 1).Transpose(0, 1), stride: 2)),
        On(Image, i => i.ConvTranspose2d(i.Sin().Narrow(3, 0, 1))),
        On(Volume, i => i.ConvTranspose3d(i.Sin().Narrow(4, 0, 1), padding: 1)),
        On(Image, i => i.Unfold([2, 1])),
        On(Image, i => i.Unfold([2, 1]).Sin().Fold([2, i.Shape[-1]], [2, 1])),
        On(Channels, i => i.Interpolate([5], InterpolationMode.Linear)),
        On(Channels, i => i.Interpolate([3])),
        On(Image, i => i.Interpolate([3, 2], InterpolationMode.Cubic)),
        On(Row, r => Tensor.Stack([r, r.Sin(), r.Cos(), r.Tanh()]).Reshape(1, 4, 1, -1).PixelShuffle(2)),
        On(Image, i => i.PixelUnshuffle(2)),
    ];

    private static IEnumerable<ProgramOperation> Networks() =>
    [
        On(Table, t => t.BatchNorm(null, null, t[1], t[0], training: true, eps: 0.1).Output),
        On(Channels, i => i.InstanceNorm(eps: 0.1).Output),
        On(Channels, i => i.GroupNorm(2, eps: 0.1)),
        On(Channels, i => i.LocalResponseNorm(2, 0.5)),
        On(Table, t => t.LayerNorm([t.Shape[-1]], t[0], t[1], eps: 0.1)),
        On(Table, t => t.RmsNorm([t.Shape[-1]], eps: 0.1)),
        On(Table, t => Tensor.ScaledDotProductAttention(t, t.Cos(), t.Sin())),
        On(Table, t => Tensor.AttentionWeights(t, t.Cos())),
        On(Table, t => Tensor.ScaledDotProductAttention(t.Sin(), t, t.Cos(), isCausal: true)),
    ];

    private static IEnumerable<ProgramOperation> Losses() =>
    [
        Of(x => Loss.MeanSquaredError(x, x.Cos())),
        Of(x => Loss.MeanAbsoluteError(x, x.Cos()), x => Smooth.Apart(x, x.Cos())),
        Of(x => Loss.Huber(x, x.Cos(), Reduction.None), x => Smooth.AwayFrom(-1, 1)(x - x.Cos())),
        Of(x => Loss.SmoothL1(x, x.Cos(), Reduction.Sum, 0.5), x => Smooth.AwayFrom(-0.5, 0.5)(x - x.Cos())),
        On(Probability, p => Loss.BinaryCrossEntropy(p, p * p)),
        Of(x => Loss.BinaryCrossEntropyWithLogits(x, x.Sigmoid())),
        On(Probability, p => Loss.KullbackLeiblerDivergence(p.Log(), p * p)),
        Of(x => Loss.PoissonNegativeLogLikelihood(x.Tanh(), x * x)),
        Of(x => Loss.GaussianNegativeLogLikelihood(x, x.Sin(), x * x + 0.2)),
        On(Table, t => Loss.CrossEntropy(t, Tensor.From([0, 1, 0]))),
        On(Table, t => Loss.CrossEntropy(t, t.Cos().Softmax(1), Reduction.None, labelSmoothing: 0.1)),
        On(Table, t => Loss.NegativeLogLikelihood(t, Tensor.From([1, 0, 1]))),
        On(Table, t => Loss.MultiMargin(t, Tensor.From([1, 0, 1])), t => Smooth.AwayFrom(-1, 1)(t.Unsqueeze(2) - t.Unsqueeze(1))),
        On(Table, t => Loss.MultiLabelMargin(t, Tensor.Zeros(t.Shape, DType.Int64)), t => Smooth.AwayFrom(-1, 1)(t.Unsqueeze(2) - t.Unsqueeze(1))),
        On(Table, t => Loss.TripletMarginWithDistance(t, t.Sin() + 3, t.Cos() - 3, (a, b) => (a - b).Square().Mean(-1).Sqrt(), margin: 20)),
        Of(x => Loss.HingeEmbedding(x, x.Sign().Detach()), Smooth.AwayFrom(0, 1)),
        Of(x => Loss.MarginRanking(x, x * 0.5, Tensor.OnesLike(x), margin: 0.3), Smooth.AwayFrom(0.6)),
        On(Table, t => Loss.CosineEmbedding(t, t.Sin(), Tensor.From([1.0, 1, 1])), Smooth.AwayFrom(0)),
        Of(x => Loss.HalfSquaredError(x, x.Cos(), Reduction.Sum)),
        Of(x => Loss.Perceptron(x, -Tensor.OnesLike(x)), Smooth.AwayFrom(0)),
        Of(x => Loss.Hinge(x, Tensor.OnesLike(x), margin: 0.5), Smooth.AwayFrom(0.5)),
        Of(x => Loss.SoftMargin(x, Tensor.OnesLike(x))),
        On(Table, t => Loss.MultiLabelSoftMargin(t, t.Sigmoid())),
        On(Table, t => Loss.Entropy(t)),
        On(Table, t => Loss.SoftmaxMargin(t.Sin() * 0.3, Tensor.From([1, 0, 1]), rho: 0.99), t => Smooth.Distinct(t.Sin())),
        On(Table, t => Loss.Ctc(t.Unsqueeze(1).LogSoftmax(-1), Tensor.From([1L], [1, 1]), Tensor.From([3L]), Tensor.From([1L]))),
        Of(x => Loss.ActivityPenalty(x, 0.3, 0.4), Smooth.AwayFrom(0)),
        On(Table, t => Loss.TripletMargin(t, t.Sin() + 3, t.Cos() - 3, margin: 20)),
    ];
}
