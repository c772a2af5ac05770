using Autograd.NN;

namespace Autograd.Tests.Operations;

/// <summary>Bad input fails in the call, with an exception of a kind made for it whose message names the operation, the shapes or values, and what would be right.</summary>
internal sealed class OperationErrorTests
{
    private static readonly Tensor X = Tensor.Rand([2, 3], DType.Float64, generator: new Generator(1));
    private static readonly Tensor Vector = Tensor.Ones([3], DType.Float64);
    private static readonly Tensor Whole = Tensor.Ones([2, 3], DType.Int64);
    private static readonly Tensor Nothing = Tensor.Zeros([0, 3], DType.Float64);
    private static readonly Tensor Image = Tensor.Ones([1, 4, 4, 4], DType.Float64);
    private static readonly Tensor Singular = Tensor.Ones([2, 2], DType.Float64);
    private static readonly Tensor Classes = Tensor.From([0L, 1]);

    private static IEnumerable<TestCaseData> Calls =>
    [
        // Dimensions that there are not, and what is not there to choose from.
        Call<ArgumentOutOfRangeException>(() => X.CumProd(5), "CumProd", "-2 to 1", "5"),
        Call<ArgumentOutOfRangeException>(() => X.TopK(9).Values, "TopK", "3 elements", "[2, 3]", "9"),
        Call<ArgumentOutOfRangeException>(() => X.KthValue(0).Values, "KthValue", "[2, 3]", "from 1"),
        Call<ShapeException>(() => Nothing.Median(0).Values, "Median", "[0, 3]"),
        Call<ArgumentOutOfRangeException>(() => X.Norm(double.NaN), "Norm", "1, 2 and infinity"),
        Call<DTypeException>(() => Whole.Norm(), "Norm", "Int64", "To(DType.Float32)"),
        Call<ArgumentOutOfRangeException>(() => Tensor.CosineSimilarity(X, X, 4), "CosineSimilarity", "-2 to 1", "4"),

        // Numbers that are out of range.
        Call<ArgumentOutOfRangeException>(() => X.Chunk(0)[0], "Chunk", "at least 1", "0"),
        Call<ArgumentOutOfRangeException>(() => X.Split(0)[0], "Split", "at least 1", "0"),
        Call<ArgumentOutOfRangeException>(() => X.RepeatInterleave(-1, 0), "RepeatInterleave", "at least 0", "-1"),
        Call<ArgumentOutOfRangeException>(() => Image.PixelShuffle(0), "PixelShuffle", "at least 1", "0"),
        Call<ArgumentOutOfRangeException>(() => X.Softplus(0), "Softplus", "beta", "above 0"),
        Call<ArgumentOutOfRangeException>(() => X.Celu(0), "Celu", "alpha", "Relu"),
        Call<ArgumentOutOfRangeException>(() => X.Hardtanh(1, -1), "Hardtanh", "1", "-1"),
        Call<ArgumentOutOfRangeException>(() => X.Softshrink(-1), "Softshrink", "-1"),
        Call<ArgumentException>(() => X.Clamp(), "Clamp", "min, max, or both"),
        Call<ArgumentException>(() => X.Clamp((Tensor?)null, null), "Clamp", "min, max, or both"),
        Call<ArgumentOutOfRangeException>(() => Image.LocalResponseNorm(0), "LocalResponseNorm", "at least 1"),
        Call<ArgumentNullException>(() => X.BatchNorm(null, null).Output, "BatchNorm", "runningMean", "training: true"),
        Call<ArgumentOutOfRangeException>(() => Linalg.Pinv(X, -1), "Pinv", "absoluteTolerance", "-1"),
        Call<ArgumentOutOfRangeException>(() => Image.MaxPool2d(2, 1, 2), "MaxPool2d", "padding of 2", "half"),
        Call<ArgumentOutOfRangeException>(() => Loss.TripletMargin(X, X, X, margin: -1), "TripletMargin", "margin", "above 0"),

        // Choices that there are not.
        Call<ArgumentOutOfRangeException>(() => X.ScatterReduce(0, Whole * 0, X, (ScatterReduction)9), "ScatterReduce", "Sum, Mean, Amax, Amin, Prod", "9"),
        Call<ArgumentOutOfRangeException>(() => Image.Interpolate([2], (InterpolationMode)9), "Interpolate", "Nearest, NearestExact, Linear, Cubic", "9"),
        Call<ArgumentOutOfRangeException>(() => X.Pad([1, 1], (PaddingMode)9), "Pad", "Reflect", "9"),
        Call<ArgumentOutOfRangeException>(() => Tensor.EmbeddingBag(Classes.Unsqueeze(0), X, mode: (BagMode)9), "EmbeddingBag", "Mean, Sum, Max", "9"),
        Call<ArgumentException>(() => Image.Interpolate([2], alignCorners: true), "Interpolate", "alignCorners", "Linear and Cubic", "Nearest"),

        // Sizes beyond what a tensor holds.
        Call<ShapeException>(() => Image.AdaptiveAvgPool2d(int.MaxValue), "2147483647", "2^31 - 1"),
        Call<ShapeException>(() => Image.Interpolate(scaleFactor: [1e300]), "2147483647", "2^31 - 1"),
        Call<ShapeException>(() => Tensor.Ones([50_000, 1]).Kron(Tensor.Ones([50_000, 1])), "[50000, 50000]", "2^31 - 1"),
        Call<ShapeException>(() => X.Pad([int.MaxValue, int.MaxValue]), "Pad", "[2, 3]", "2^31 - 1"),
        Call<ShapeException>(() => Image.Unfold([int.MaxValue], dilation: [int.MaxValue]), "Unfold", "4 by 4"),

        // Places that there are not: no row of a table is counted from its end.
        Call<ArgumentOutOfRangeException>(() => Tensor.Embedding(Tensor.From([9L]), X), "Embedding", "0 to 1", "9"),
        Call<ArgumentOutOfRangeException>(() => Tensor.Embedding(Tensor.From([-1L]), X), "Embedding", "0 to 1", "-1"),
        Call<DTypeException>(() => Tensor.Embedding(X, X), "Embedding", "Float64", "Int64"),
        Call<ArgumentOutOfRangeException>(() => Loss.MultiMargin(X, Tensor.From([0L, -1])), "MultiMargin", "class -1", "0 to 2"),
        Call<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(X, Tensor.From([0L, 9])), "CrossEntropy", "class 9", "0 to 2 (and -100"),

        // Shapes that do not fit.
        Call<ShapeException>(() => Vector.Dot(Tensor.Ones([4], DType.Float64)), "Dot", "[3]", "[4]"),
        Call<ShapeException>(() => Tensor.PairwiseDistance(X, Tensor.Ones([4])), "PairwiseDistance", "[2, 3]", "[4]"),
        Call<ShapeException>(() => Tensor.Einsum("ij,jk->ik", X, X), "Einsum", "ij,jk->ik", "2", "3"),
        Call<LinearAlgebraException>(() => Linalg.MatrixPower(Singular, -1), "MatrixPower", "singular"),
        Call<LinearAlgebraException>(() => Linalg.Inv(Singular), "Inv", "singular", "Pinv"),
    ];

    [TestCaseSource(nameof(Calls))]
    public void Bad_input_is_an_error_that_says_what_is_wrong(Func<Tensor> call, Type exception, string[] words)
    {
        var error = Assert.Throws(exception, () => call())!;
        foreach (var word in words)
        {
            Assert.That(error.Message, Does.Contain(word));
        }
    }

    [Test]
    public void Bounds_that_are_NaN_give_NaN()
    {
        Assert.That(X.Clamp(double.NaN, 1).IsNaN().All().Item<bool>());
        Assert.That(X.Clamp(max: double.NaN).IsNaN().All().Item<bool>());
    }

    private static TestCaseData Call<T>(Func<Tensor> call, params string[] words)
        where T : Exception
        => new TestCaseData(call, typeof(T), words).SetArgDisplayNames(string.Join(" ", words));
}
