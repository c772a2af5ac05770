using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

/// <summary>The cross-entropy and the negative log-likelihood, against a formula in plain loops.</summary>
public class CrossEntropyTests
{
    private const int Classes = 4;

    private static readonly double[] Weights = [0.5, 1, 2, 0.25];

    /// <summary>Reduction, weights, smoothing, whether some targets are ignored, and the dimensions behind the classes.</summary>
    private static IEnumerable<object[]> Variants =>
        from reduction in Enum.GetValues<Reduction>()
        from weighted in (bool[])[false, true]
        from smoothing in (double[])[0, 0.1, 1]
        from ignoring in (bool[])[false, true]
        from rest in (int[][])[[], [2], [2, 3]]
        select new object[] { reduction, weighted, smoothing, ignoring, rest };

    [TestCaseSource(nameof(Variants))]
    public void Of_classes_is_the_formula(Reduction reduction, bool weighted, double smoothing, bool ignoring, int[] rest)
    {
        var z = LossCase.Randn(1, [3, Classes, .. rest]);
        var target = Tensor.RandInt(0, Classes, [3, .. rest], new Generator(2));
        var ignore = ignoring ? target.Flatten()[0].Item<long>() : -100;
        var weight = weighted ? Tensor.From(Weights) : null;

        var rows = z.MoveDim(1, -1).Reshape(-1, Classes).ToArray<double>();
        var labels = target.ToArray<long>();
        var divisor = 0.0;
        var terms = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] != ignore)
            {
                var logs = LogSoftmax(rows.AsSpan(i * Classes, Classes));
                divisor += Weight(weighted, labels[i]);
                terms[i] = -Weight(weighted, labels[i]) * logs[labels[i]] * (1 - smoothing);
                for (var c = 0; c < Classes; c++)
                {
                    terms[i] -= Weight(weighted, c) * logs[c] * smoothing / Classes;
                }
            }
        }

        Tensor Compute(Tensor x) => Loss.CrossEntropy(x, target, reduction, weight, ignore, smoothing);
        Assert.That(Compute(z).ToArray<double>(), Is.EqualTo(LossCase.Reduce(terms, reduction, 3, divisor)).Within(1e-12));
        GradCheck.Verify(Compute, z, LossCase.SecondOrder);
        if (smoothing == 0)
        {
            Assert.That(Loss.NegativeLogLikelihood(z.LogSoftmax(1), target, reduction, weight, ignore).AllClose(Compute(z), 1e-12));
        }
    }

    [TestCaseSource(nameof(Variants))]
    public void Of_probabilities_is_the_formula(Reduction reduction, bool weighted, double smoothing, bool _, int[] rest)
    {
        var z = LossCase.Randn(1, [3, Classes, .. rest]);
        var target = LossCase.Randn(2, [3, Classes, .. rest]).Softmax(1);
        var weight = weighted ? Tensor.From(Weights) : null;

        var rows = z.MoveDim(1, -1).Reshape(-1, Classes).ToArray<double>();
        var shares = target.MoveDim(1, -1).Reshape(-1, Classes).ToArray<double>();
        var terms = new double[rows.Length / Classes];
        for (var i = 0; i < terms.Length; i++)
        {
            var logs = LogSoftmax(rows.AsSpan(i * Classes, Classes));
            for (var c = 0; c < Classes; c++)
            {
                terms[i] -= Weight(weighted, c) * logs[c] * (((1 - smoothing) * shares[(i * Classes) + c]) + (smoothing / Classes));
            }
        }

        Assert.That(Loss.CrossEntropy(z, target, reduction, weight, labelSmoothing: smoothing).ToArray<double>(), Is.EqualTo(LossCase.Reduce(terms, reduction, 3)).Within(1e-12));
        GradCheck.Verify(x => Loss.CrossEntropy(x[0], x[1], reduction, weight, labelSmoothing: smoothing), [z, target], LossCase.SecondOrder);
    }

    [Test]
    public void Classes_and_one_hot_rows_agree()
    {
        var z = LossCase.Randn(1, 3, Classes);
        var target = Tensor.From([2, 0, 3]);
        var oneHot = target.Unsqueeze(1).Eq(Tensor.Arange(Classes)).To(DType.Float64);
        Assert.That(Loss.CrossEntropy(z, target).Item(), Is.EqualTo(Loss.CrossEntropy(z, oneHot).Item()).Within(1e-12));
    }

    [Test]
    public void A_single_example_is_a_vector()
    {
        var z = LossCase.Randn(1, Classes);
        var one = Loss.CrossEntropy(z, Tensor.From(2));
        Assert.That(one.Rank, Is.Zero);
        Assert.That(one.Item(), Is.EqualTo(Loss.CrossEntropy(z.Unsqueeze(0), Tensor.From([2])).Item()).Within(1e-12));
        Assert.That(Loss.CrossEntropy(z, Tensor.From([0.0, 0, 1, 0])).Item(), Is.EqualTo(one.Item()).Within(1e-12));
        Assert.That(Loss.NegativeLogLikelihood(z.LogSoftmax(0), Tensor.From(2)).Item(), Is.EqualTo(one.Item()).Within(1e-12));
    }

    [Test]
    public void Is_accurate_at_extreme_logits()
    {
        var z = Tensor.From([1e4f, -1e4f, 0, 1e4f, -1e4f, 0], [2, 3], requiresGrad: true);
        var terms = Loss.CrossEntropy(z, Tensor.From([0, 1]), Reduction.None);
        Assert.That(terms.ToArray<float>(), Is.EqualTo([0f, 2e4f]));
        terms.Sum().Backward();
        Assert.That(z.Grad!.ToArray<float>(), Is.EqualTo([0f, 0, 0, 1, -1, 0]));
    }

    [Test]
    public void The_gradient_is_softmax_minus_target()
    {
        var z = LossCase.Randn(1, 2, 3).AsLeaf();
        Loss.CrossEntropy(z, Tensor.From([1, 2]), Reduction.Sum).Backward();
        Assert.That(z.Grad!.AllClose(z.Softmax(1) - Tensor.From([0.0, 1, 0, 0, 0, 1], [2, 3]), 1e-12, 1e-14));
    }

    [Test]
    public void If_nothing_counts_the_mean_is_NaN_and_the_sum_zero()
    {
        var (z, none) = (LossCase.Randn(1, 2, 3), Tensor.From([-100, -100]));
        Assert.That(Loss.CrossEntropy(z, none).Item(), Is.NaN);
        Assert.That(Loss.CrossEntropy(z, none, Reduction.Sum).Item(), Is.Zero);
    }

    [Test]
    public void An_ignored_example_may_be_infinite()
    {
        var logs = Tensor.From([double.NegativeInfinity, 0.0, -1, -0.5], [2, 2]);
        Assert.That(Loss.NegativeLogLikelihood(logs, Tensor.From([0, 1]), Reduction.Mean, ignoreIndex: 0).Item(), Is.EqualTo(0.5));
    }

    [Test]
    public void A_class_of_weight_zero_still_takes_part_in_smoothing()
    {
        var (z, weight) = (LossCase.Randn(1, 1, 2), Tensor.From([0.0, 1]));
        var logs = LogSoftmax(z.ToArray<double>());
        Assert.That(Loss.CrossEntropy(z, Tensor.From([0]), Reduction.Sum, weight, labelSmoothing: 0.2).Item(), Is.EqualTo(-0.1 * logs[1]).Within(1e-12));
    }

    [TestCase(4)]
    [TestCase(-1)]
    public void An_unknown_class_is_an_error_that_names_it(int label)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(Tensor.Zeros([2, Classes]), Tensor.From([0, label])))!;
        Assert.That(error.Message, Does.Contain($"class {label}").And.Contain("0 to 3"));
    }

    [TestCase(new[] { 2, 4 }, new[] { 2, 1 }, "target.Reshape(2)")]
    [TestCase(new[] { 2, 4 }, new[] { 2, 4 }, "one-hot")]
    [TestCase(new[] { 2, 3, 4 }, new[] { 2, 3 }, "MoveDim(-1, 1)")]
    [TestCase(new[] { 4 }, new[] { 2 }, "dimension 0")]
    public void Shapes_of_classes_must_fit(int[] prediction, int[] target, string fix)
    {
        var error = Assert.Throws<ShapeException>(() => Loss.CrossEntropy(Tensor.Zeros(prediction), Tensor.Zeros(target, DType.Int64)))!;
        Assert.That(error.Message, Does.Contain("Loss.CrossEntropy").And.Contain(fix));
    }

    [Test]
    public void Other_misuse_is_an_error()
    {
        var (z, target) = (Tensor.Zeros([2, 3]), Tensor.From([0, 1]));
        Assert.Throws<ShapeException>(() => Loss.CrossEntropy(z, Tensor.Zeros([2])));
        Assert.Throws<ShapeException>(() => Loss.CrossEntropy(z, target, Reduction.Mean, Tensor.Ones([2])));
        Assert.Throws<ShapeException>(() => Loss.CrossEntropy(Tensor.Zeros([]), Tensor.From(0)));
        Assert.Throws<ShapeException>(() => Loss.CrossEntropy(Tensor.Zeros([2, 0]), target));
        Assert.Throws<DTypeException>(() => Loss.CrossEntropy(z, Tensor.From([true, false])));
        Assert.Throws<DTypeException>(() => Loss.NegativeLogLikelihood(z, z));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(z, target, Reduction.Mean, labelSmoothing: 1.5));
        Assert.That(Assert.Throws<DTypeException>(() => Loss.CrossEntropy(target, z))!.Message, Does.Contain("exchanged"));
    }

    private static double Weight(bool weighted, long label) => weighted ? Weights[label] : 1;

    private static double[] LogSoftmax(ReadOnlySpan<double> logits)
    {
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit);
        }

        return Array.ConvertAll(logits.ToArray(), logit => logit - Math.Log(sum));
    }
}
