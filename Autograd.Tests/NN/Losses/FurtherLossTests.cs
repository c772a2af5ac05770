using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

/// <summary>Absolute errors, margins and likelihoods: the formulas, the gradients to second order, the limits and the mistakes. PyTorch's values are among the reference data.</summary>
public class FurtherLossTests
{
    private static readonly Tensor Signs = Tensor.From([1.0, -1, -1, 1, -1, 1], [3, 2]);

    [Test]
    public void Absolute_errors_are_their_formulas([Values] Reduction reduction)
    {
        var (h, y) = (LossCase.Randn(1, 3, 2) * 2, LossCase.Randn(2, 3, 2));
        Same(Loss.MeanAbsoluteError(h, y, reduction), (a, b) => Math.Abs(a - b));
        Same(Loss.Huber(h, y, reduction, 0.7), (a, b) => Math.Abs(a - b) <= 0.7 ? 0.5 * (a - b) * (a - b) : 0.7 * (Math.Abs(a - b) - 0.35));
        Same(Loss.SmoothL1(h, y, reduction, 0.7), (a, b) => Math.Abs(a - b) <= 0.7 ? 0.5 * (a - b) * (a - b) / 0.7 : Math.Abs(a - b) - 0.35);
        Same(Loss.SmoothL1(h, y, reduction, 0), (a, b) => Math.Abs(a - b));
        GradCheck.Verify(x => Loss.Huber(x[0], x[1], reduction, 0.7), [h, y], LossCase.SecondOrder);
        GradCheck.Verify(x => Loss.MeanAbsoluteError(x[0], x[1], reduction), [h, y], LossCase.SecondOrder);

        void Same(Tensor loss, Func<double, double, double> term)
            => Assert.That(loss.ToArray<double>(), Is.EqualTo(LossCase.Reduce(LossCase.Map(h, y, term), reduction, 3)).Within(1e-12));
    }

    [Test]
    public void Weighted_means_divide_by_the_weights()
    {
        var (h, y, w) = (Tensor.From([1.0, 5]), Tensor.From([0.0, 0]), Tensor.From([3.0, 1]));
        Assert.That(Loss.MeanAbsoluteError(h, y, Reduction.Mean, w).Item(), Is.EqualTo(2));
        Assert.That(Loss.Huber(h, y, Reduction.Mean, 1, w).Item(), Is.EqualTo((1.5 + 4.5) / 4));
    }

    [Test]
    public void Infinite_errors_have_numbers_for_gradients()
    {
        var h = Tensor.From([double.PositiveInfinity, 1e300], requiresGrad: true);
        Assert.That(Differentiate.Gradients(Loss.Huber(h, Tensor.From([0.0, 0]), Reduction.Sum, 2), [h])[0].ToArray<double>(), Is.All.EqualTo(2));
    }

    [Test]
    public void Margins_are_their_formulas([Values] Reduction reduction)
    {
        var (a, b) = (LossCase.Randn(3, 3, 2), LossCase.Randn(4, 3, 2));
        var hinge = LossCase.Map(a, Signs, (x, y) => y > 0 ? x : Math.Max(0, 0.5 - x));
        Assert.That(Loss.HingeEmbedding(a, Signs, reduction, 0.5).ToArray<double>(), Is.EqualTo(LossCase.Reduce(hinge, reduction, 3)).Within(1e-12));
        var ranking = LossCase.Map(a - b, Signs, (d, y) => Math.Max(0, (-y * d) + 0.25));
        Assert.That(Loss.MarginRanking(a, b, Signs, reduction, 0.25).ToArray<double>(), Is.EqualTo(LossCase.Reduce(ranking, reduction, 3)).Within(1e-12));
        GradCheck.Verify(x => Loss.MarginRanking(x[0], x[1], Signs, reduction, 0.25), [a, b], LossCase.SecondOrder);
        GradCheck.Verify(x => Loss.CosineEmbedding(x[0], x[1], Signs[.., 0], reduction, -0.5), [a, b], LossCase.SecondOrder);
        GradCheck.Verify(x => Loss.TripletMargin(x[0], x[1], x[2], reduction, 2), [a, b, LossCase.Randn(5, 3, 2)], LossCase.SecondOrder);
        GradCheck.Verify(x => Loss.MultiMargin(x, Tensor.From([0L, 1, 1]), reduction, 2), a, LossCase.SecondOrder);
    }

    [Test]
    public void The_other_classes_count_in_a_multi_class_margin()
    {
        var x = Tensor.From([0.1, 0.2, 0.4, 0.8]);
        Assert.That(Loss.MultiMargin(x, Tensor.From(3)).Item(), Is.EqualTo(((1 - 0.7) + (1 - 0.6) + (1 - 0.4)) / 4).Within(1e-12));
        Assert.That(Loss.MultiMargin(x, Tensor.From(3), weight: Tensor.From([1.0, 1, 1, 3])).Item(), Is.EqualTo(3 * 1.3 / 4).Within(1e-12));
    }

    [Test]
    public void Likelihoods_are_their_formulas([Values] Reduction reduction)
    {
        var (z, t) = (LossCase.Randn(6, 3, 2), LossCase.Rand(7, 3, 2) + 0.1);
        Same(Loss.KullbackLeiblerDivergence(z, t, reduction), (x, p) => p * (Math.Log(p) - x));
        Same(Loss.KullbackLeiblerDivergence(z, t.Log(), reduction, logTarget: true), (x, p) => p * (Math.Log(p) - x));
        Same(Loss.PoissonNegativeLogLikelihood(z, t, reduction), (x, y) => Math.Exp(x) - (y * x));
        Same(Loss.PoissonNegativeLogLikelihood(z.Exp(), t, reduction, logInput: false, eps: 0), (x, y) => Math.Exp(x) - (y * x));
        Same(Loss.GaussianNegativeLogLikelihood(z, t, Tensor.From([0.5, 2.0]), reduction, full: true), null);
        GradCheck.Verify(x => Loss.KullbackLeiblerDivergence(x[0], x[1], reduction), [z, t], LossCase.SecondOrder);
        GradCheck.Verify(x => Loss.GaussianNegativeLogLikelihood(x[0], x[1], x[2], reduction), [z, t, t + 0.5], LossCase.SecondOrder);
        GradCheck.Verify(x => Loss.PoissonNegativeLogLikelihood(x[0], x[1], reduction, full: true), [z, t + 2], LossCase.SecondOrder);

        void Same(Tensor loss, Func<double, double, double>? term)
        {
            var column = 0;
            term ??= (x, y) => 0.5 * (Math.Log(column % 2 == 0 ? 0.5 : 2) + ((x - y) * (x - y) / (column++ % 2 == 0 ? 0.5 : 2)) + Math.Log(2 * Math.PI));
            Assert.That(loss.ToArray<double>(), Is.EqualTo(LossCase.Reduce(LossCase.Map(z, t, term), reduction, 3)).Within(1e-12));
        }
    }

    [Test]
    public void A_probability_of_0_costs_nothing()
        => Assert.That(Loss.KullbackLeiblerDivergence(Tensor.From([-1.0, -2]), Tensor.From([0.0, 1]), Reduction.None).ToArray<double>(), Is.EqualTo(new[] { 0.0, 2 }));

    [Test]
    public void Mistakes_are_named()
    {
        var x = Tensor.Ones([3, 2]);
        Assert.That(() => Loss.MeanAbsoluteError(x, x[0]), Throws.TypeOf<ShapeException>().With.Message.Contains("MeanAbsoluteError"));
        Assert.That(() => Loss.Huber(x, x, Reduction.Mean, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Loss.SmoothL1(x, x, Reduction.Mean, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Loss.HingeEmbedding(x, x * 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("a target is 0"));
        Assert.That(() => Loss.MultiMargin(x, Tensor.From([0L, 1, 2])), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Loss.MultiMargin(x, Tensor.From([0L, 1, 1]), p: 3), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Loss.GaussianNegativeLogLikelihood(x, x, -x), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("negative"));
        Assert.That(() => Loss.CosineEmbedding(x, x, x), Throws.TypeOf<ShapeException>());
        Assert.That(() => Loss.MeanAbsoluteError(x, x, (Reduction)9), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_mean_over_examples_divides_by_the_first_size()
        => Assert.That(Loss.MeanSquaredError(Tensor.Ones([4, 3]), Tensor.Zeros([4, 3]), Reduction.BatchMean).Item(), Is.EqualTo(3));
}
