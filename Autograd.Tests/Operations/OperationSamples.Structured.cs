using Autograd.NN;

namespace Autograd.Tests.Operations;

/// <content>Operations whose operands have parts of their own to play.</content>
internal static partial class OperationSamples
{
    private static readonly Tensor First = Tensor.From([0L]);

    private static IEnumerable<OperationSample> Indexing() =>
    [
        Sample("Gather", "the index's", x => x.Gather(0, Tensor.Zeros(x.Shape, DType.Int64))),
        Sample("IndexAdd", AsX, x => x.IndexAdd(0, First, x.Narrow(0, 0, 1))),
        Sample("IndexSelect", "as many as indices along dim", x => x.IndexSelect(0, First)),
        Sample("MaskedSelect", "[as many as are true]", x => x.MaskedSelect(x.Eq(x) | x.Ne(x))),
        Sample("Nonzero", "[as many as are not 0, rank]", x => x.Nonzero()),
        Sample("Scatter", AsX, x => x.Scatter(0, Tensor.Zeros(x.Shape, DType.Int64), x)),
        Sample("ScatterAdd", AsX, x => x.ScatterAdd(0, Tensor.Zeros(x.Shape, DType.Int64), x)),
        Sample("ScatterReduce", AsX, x => x.ScatterReduce(0, Tensor.Zeros(x.Shape, DType.Int64), x, ScatterReduction.Amax)),
        Sample("TakeAlongDim", "the index's, broadcast", x => x.TakeAlongDim(Tensor.Zeros(x.Shape, DType.Int64), 0)),
        Sample("With", AsX, x => x.With([0], x.Select(0, 0))),
    ];

    private static IEnumerable<OperationSample> Products() =>
    [
        Sample("Bilinear", "[…, n], [k, n, m], […, m] → […, k]", x => Tensor.Bilinear(x, x, Tensor.Ones([3, 2, 2], x.DType))),
        Sample("CosineSimilarity", "broadcast, without dim", x => Tensor.CosineSimilarity(x, x * x, -1)),
        Sample("Dot", "[n], [n] → []", x => x.Dot(x), [3]),
        Sample("Einsum", "as the equation says", x => Tensor.Einsum("ij,jk->ik", x, x)),
        Sample("Kron", "sizes multiplied", x => x.Kron(x)),
        Sample("Linear", "[…, in], [out, in], [out] → […, out]", x => x.Linear(x, x.Select(0, 0))),
        Sample("MatMul", "[…, m, k], […, k, n] → […, m, n]", x => x.MatMul(x)),
        Sample("Outer", "[n], [m] → [n, m]", x => x.Outer(x), [3]),
        Sample("PairwiseDistance", "broadcast, without the last dim", x => Tensor.PairwiseDistance(x, x * 0)),
        Sample("TensorDot", "both without the common dims", x => x.TensorDot(x, 1)),
    ];

    private static IEnumerable<OperationSample> LinearAlgebra() =>
    [
        Sample("Linalg.Cholesky", Matrix, x => Linalg.Cholesky(Regular(x))),
        Sample("Linalg.Det", Number, x => Linalg.Det(Regular(x))),
        Sample("Linalg.Eigh", "[…, n, n] → […, n], […, n, n]", x => Linalg.Eigh(Regular(x)).Eigenvalues),
        Sample("Linalg.Eigvalsh", "[…, n, n] → […, n]", x => Linalg.Eigvalsh(Regular(x))),
        Sample("Linalg.Inv", Matrix, x => Linalg.Inv(Regular(x))),
        Sample("Linalg.LogDet", Number, x => Linalg.LogDet(Regular(x))),
        Sample("Linalg.Lstsq", "[…, m, n], […, m, k] → […, n, k]", x => Linalg.Lstsq(Regular(x), x)),
        Sample("Linalg.MatrixNorm", "[…, m, n] → […]", x => Linalg.MatrixNorm(Regular(x))),
        Sample("Linalg.MatrixPower", Matrix, x => Linalg.MatrixPower(x, 3)),
        Sample("Linalg.Pinv", "[…, m, n] → […, n, m]", x => Linalg.Pinv(Regular(x))),
        Sample("Linalg.Qr", "[…, m, n] → […, m, k], […, k, n]", x => Linalg.Qr(Regular(x)).R),
        Sample("Linalg.SlogDet", "[…, n, n] → […], […]", x => Linalg.SlogDet(Regular(x)).LogAbsDet),
        Sample("Linalg.Solve", "[…, n, n], […, n, k] → […, n, k]", x => Linalg.Solve(Regular(x), x)),
        Sample("Linalg.SolveTriangular", "[…, n, n], […, n, k] → […, n, k]", x => Linalg.SolveTriangular(Regular(x), x, upper: true)),
        Sample("Linalg.Svd", "[…, m, n] → […, m, k], […, k], […, k, n]", x => Linalg.Svd(Regular(x)).S),
        Sample("Linalg.Svdvals", "[…, m, n] → […, k]", x => Linalg.Svdvals(Regular(x))),
    ];

    private const string Matrix = "[…, n, n]";
    private const string Number = "[…, n, n] → […]";

    // With another 2 on the diagonal: invertible and positive-definite at all points of the tests.
    private static Tensor Regular(Tensor x)
        => x.Rank < 2 || x.DType == DType.Bool ? x : x + (Tensor.Eye(x.Shape[-2], x.Shape[-1], x.DType) * 2);

    private static IEnumerable<OperationSample> Sampling() =>
    [
        Sample("Fold", "[N, C·kh·kw, L] → [N, C, H, W]", x => x.Fold([2], [1]), [1, 2, 4]),
        Sample("Interpolate", "[N, C, …] with other sizes behind", x => x.Interpolate([3], InterpolationMode.Linear), Image),
        Sample("PixelShuffle", "[…, C·r², H, W] → […, C, H·r, W·r]", x => x.PixelShuffle(2), Image),
        Sample("PixelUnshuffle", "[…, C, H·r, W·r] → […, C·r², H, W]", x => x.PixelUnshuffle(2), Image),
        Sample("Unfold", "[N, C, H, W] → [N, C·kh·kw, L]", x => x.Unfold([2]), Image),
    ];

    private static IEnumerable<OperationSample> Networks() =>
    [
        Sample("AttentionWeights", "[…, L, E], […, S, E] → […, L, S]", x => Tensor.AttentionWeights(x, x)),
        Sample("BatchNorm", "[N, C, …], as x", x => x.BatchNorm(null, null, training: true).Output, [3, 2]),
        Sample("Embedding", "[…] and [V, D] → […, D]", x => Tensor.Embedding(First, x)),
        Sample("EmbeddingBag", "[B, n] and [V, D] → [B, D]", x => Tensor.EmbeddingBag(First.Unsqueeze(0), x)),
        Sample("GroupNorm", "[N, C, …], as x", x => x.GroupNorm(2), Image),
        Sample("InstanceNorm", "[N, C, …], as x", x => x.InstanceNorm().Output, Image),
        Sample("LayerNorm", AsX, x => x.LayerNorm(x.Shape.AsSpan()[^1..])),
        Sample("LocalResponseNorm", "[N, C, …], as x", x => x.LocalResponseNorm(2), Image),
        Sample("RmsNorm", AsX, x => x.RmsNorm(x.Shape.AsSpan()[^1..])),
        Sample("ScaledDotProductAttention", "[…, L, E], […, S, E], […, S, D] → […, L, D]", x => Tensor.ScaledDotProductAttention(x, x, x)),
    ];

    private static IEnumerable<OperationSample> Pooling() =>
        from dims in (int[])[1, 2, 3]
        let shape = (int[])[2, 2, .. Enumerable.Repeat(3, dims)]
        from sample in (OperationSample[])
        [
            Sample($"AvgPool{dims}d", PoolShapes, x => dims == 1 ? x.AvgPool1d(2) : dims == 2 ? x.AvgPool2d(2) : x.AvgPool3d(2), shape),
            Sample($"MaxPool{dims}d", PoolShapes, x => dims == 1 ? x.MaxPool1d(2) : dims == 2 ? x.MaxPool2d(2) : x.MaxPool3d(2), shape),
            Sample($"MaxPool{dims}dWithIndices", PoolShapes, x => (dims == 1 ? x.MaxPool1dWithIndices(2) : dims == 2 ? x.MaxPool2dWithIndices(2) : x.MaxPool3dWithIndices(2)).Values, shape),
            Sample($"AdaptiveAvgPool{dims}d", PoolShapes, x => dims == 1 ? x.AdaptiveAvgPool1d(2) : dims == 2 ? x.AdaptiveAvgPool2d(2) : x.AdaptiveAvgPool3d(2), shape),
            Sample($"AdaptiveMaxPool{dims}d", PoolShapes, x => dims == 1 ? x.AdaptiveMaxPool1d(2) : dims == 2 ? x.AdaptiveMaxPool2d(2) : x.AdaptiveMaxPool3d(2), shape),
            Sample(
                $"AdaptiveMaxPool{dims}dWithIndices", PoolShapes,
                x => (dims == 1 ? x.AdaptiveMaxPool1dWithIndices(2) : dims == 2 ? x.AdaptiveMaxPool2dWithIndices(2) : x.AdaptiveMaxPool3dWithIndices(2)).Values, shape),
        ]
        select sample;

    private static IEnumerable<OperationSample> Convolutions() =>
        from dims in (int[])[1, 2, 3]
        let shape = (int[])[2, 2, .. Enumerable.Repeat(3, dims)]
        from sample in (OperationSample[])
        [
            Sample($"Conv{dims}d", "[N, C, …], [O, C / groups, …], [O] → [N, O, …]", x => dims == 1 ? x.Conv1d(x, x.Flatten()[..2]) : dims == 2 ? x.Conv2d(x, x.Flatten()[..2]) : x.Conv3d(x, x.Flatten()[..2]), shape),
            Sample($"ConvTranspose{dims}d", "[N, C, …], [C, O / groups, …], [O] → [N, O, …]", x => dims == 1 ? x.ConvTranspose1d(x) : dims == 2 ? x.ConvTranspose2d(x) : x.ConvTranspose3d(x), shape),
        ]
        select sample;

    private const string PoolShapes = "[N, C, …] with fewer places behind";
    private const string Terms = "both equal; [] or one a term";
    private const string Examples = "[N, C]; [] or [N]";

    private static IEnumerable<OperationSample> Losses() =>
    [
        Sample("Loss.BinaryCrossEntropy", Terms, x => Loss.BinaryCrossEntropy(x, x)),
        Sample("Loss.BinaryCrossEntropyWithLogits", Terms, x => Loss.BinaryCrossEntropyWithLogits(x, x)),
        Sample("Loss.CosineEmbedding", "[N, D], [N, D], [N]; [] or [N]", x => Loss.CosineEmbedding(x, x * x, Tensor.Ones(x.Shape.AsSpan()[..^1]))),
        Sample("Loss.CrossEntropy", "[N, C, …], [N, …] or as x; [] or [N, …]", x => Loss.CrossEntropy(x, Tensor.Zeros(x.Shape.AsSpan()[..1], DType.Int64))),
        Sample("Loss.GaussianNegativeLogLikelihood", Terms, x => Loss.GaussianNegativeLogLikelihood(x, x, Tensor.OnesLike(x))),
        Sample("Loss.HingeEmbedding", Terms, x => Loss.HingeEmbedding(x, Tensor.OnesLike(x))),
        Sample("Loss.Huber", Terms, x => Loss.Huber(x, x * 0)),
        Sample("Loss.L2Penalty", "any; []", x => Loss.L2Penalty([new Parameter(x)], 0.5)),
        Sample("Loss.KullbackLeiblerDivergence", Terms, x => Loss.KullbackLeiblerDivergence(x, x)),
        Sample("Loss.MarginRanking", Terms, x => Loss.MarginRanking(x, x * 0, Tensor.OnesLike(x))),
        Sample("Loss.MeanAbsoluteError", Terms, x => Loss.MeanAbsoluteError(x, x * 0)),
        Sample("Loss.MeanSquaredError", Terms, x => Loss.MeanSquaredError(x, x * 0)),
        Sample("Loss.MultiMargin", Examples, x => Loss.MultiMargin(x, Tensor.Zeros(x.Shape.AsSpan()[..1], DType.Int64))),
        Sample("Loss.MultiLabelMargin", Examples, x => Loss.MultiLabelMargin(x, Tensor.Zeros(x.Shape, DType.Int64))),
        Sample("Loss.TripletMarginWithDistance", "as the distance takes; [] or one a triplet", x => Loss.TripletMarginWithDistance(x, x * 0, x, (a, b) => (a - b).Abs().Sum(-1))),
        Sample("Loss.NegativeLogLikelihood", "[N, C, …], [N, …]; [] or [N, …]", x => Loss.NegativeLogLikelihood(x, Tensor.Zeros(x.Shape.AsSpan()[..1], DType.Int64))),
        Sample("Loss.PoissonNegativeLogLikelihood", Terms, x => Loss.PoissonNegativeLogLikelihood(x, x)),
        Sample("Loss.SmoothL1", Terms, x => Loss.SmoothL1(x, x * 0)),
        Sample("Loss.ActivityPenalty", "any; []", x => Loss.ActivityPenalty(x, 0.5, 0.5)),
        Sample("Loss.Ctc", "[T, N, C], [N, S], [N], [N]; [] or [N]", x => Loss.Ctc(x.LogSoftmax(-1), Tensor.Ones([x.Shape[1], 1], DType.Int64), Tensor.Full([x.Shape[1]], (long)x.Shape[0]), Tensor.Ones([x.Shape[1]], DType.Int64)), [2, 2, 2]),
        Sample("Loss.ElasticNetPenalty", "any; []", x => Loss.ElasticNetPenalty([new Parameter(x)], 0.5, 0.5)),
        Sample("Loss.Entropy", "any; [] or without the dimension", x => Loss.Entropy(x)),
        Sample("Loss.HalfSquaredError", Terms, x => Loss.HalfSquaredError(x, x * 0)),
        Sample("Loss.Hinge", Terms, x => Loss.Hinge(x, Tensor.OnesLike(x))),
        Sample("Loss.L1Penalty", "any; []", x => Loss.L1Penalty([new Parameter(x)], 0.5)),
        Sample("Loss.MultiLabelSoftMargin", Examples, x => Loss.MultiLabelSoftMargin(x, x * 0)),
        Sample("Loss.Perceptron", Terms, x => Loss.Perceptron(x, Tensor.OnesLike(x))),
        Sample("Loss.SoftMargin", Terms, x => Loss.SoftMargin(x, Tensor.OnesLike(x))),
        Sample("Loss.SoftmaxMargin", "[N, C, …], [N, …]; [] or [N, …]", x => Loss.SoftmaxMargin(x, Tensor.Zeros(x.Shape.AsSpan()[..1], DType.Int64))),
        Sample("Loss.TripletMargin", "[N, D] each; [] or [N]", x => Loss.TripletMargin(x, x * 0, x)),
    ];
}
