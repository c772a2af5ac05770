using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

/// <summary>The log loss, of probabilities and of logits.</summary>
public class BinaryCrossEntropyTests
{
    private static readonly double[] Logits = [-2, -0.3, 0, 0.4, 1.5, 3];
    private static readonly double[] Targets = [0, 1, 0.5, 0.25, 1, 0];

    private static IEnumerable<TestCaseData> Extremes =>
    [
        new(1e4, 1.0, 0.0, 0.0),
        new(1e4, 0.0, 1e4, 1.0),
        new(-1e4, 0.0, 0.0, 0.0),
        new(-1e4, 1.0, 1e4, -1.0),
        new(20.0, 1.0, 2.0611536e-9, -2.0611536e-9),
        new(-20.0, 0.0, 2.0611536e-9, 2.0611536e-9),
        new(0.0, 1.0, Math.Log(2), -0.5),
        new(0.0, 0.0, Math.Log(2), 0.5),
        new(0.0, 0.25, Math.Log(2), 0.25),
    ];

    [Test]
    public void Of_probabilities_is_the_formula([Values] Reduction reduction, [Values] bool weighted)
    {
        var p = LossCase.Rand(1, 3, 2) * 0.9 + 0.05;
        var (y, w) = (LossCase.Rand(2, 3, 2), weighted ? LossCase.Rand(3, 3, 1) : null);
        var terms = LossCase.Map(p, y, (p, y) => -((y * Math.Log(p)) + ((1 - y) * Math.Log(1 - p))));
        terms = w is null ? terms : LossCase.Map(Tensor.From(terms, [3, 2]), w.Expand(3, 2), (a, b) => a * b);
        Assert.That(Loss.BinaryCrossEntropy(p, y, reduction, w).ToArray<double>(), Is.EqualTo(LossCase.Reduce(terms, reduction, 3)).Within(1e-12));
        GradCheck.Verify(x => Loss.BinaryCrossEntropy(x[0], x[1], reduction, w), [p, y], LossCase.SecondOrder);
    }

    [Test]
    public void Of_logits_is_the_formula([Values] Reduction reduction, [Values] bool weighted, [Values] bool favourPositives)
    {
        var (z, y) = (Tensor.From(Logits, [3, 2]), Tensor.From(Targets, [3, 2]));
        var (w, c) = (weighted ? LossCase.Rand(3, 3, 2) : null, favourPositives ? Tensor.From([2.5, 0.5]) : null);
        var factors = c is null ? [1.0, 1] : c.ToArray<double>();
        var place = 0;
        var terms = LossCase.Map(z, y, (z, y) => -((factors[place++ % 2] * y * Math.Log(Logistic(z))) + ((1 - y) * Math.Log(1 - Logistic(z)))));
        terms = w is null ? terms : [.. terms.Zip(w.ToArray<double>(), (a, b) => a * b)];
        Assert.That(Loss.BinaryCrossEntropyWithLogits(z, y, reduction, w, c).ToArray<double>(), Is.EqualTo(LossCase.Reduce(terms, reduction, 3)).Within(1e-12));
        GradCheck.Verify(x => Loss.BinaryCrossEntropyWithLogits(x[0], x[1], reduction, w, c), [z, y], LossCase.SecondOrder);
    }

    [TestCaseSource(nameof(Extremes))]
    public void Of_logits_is_accurate_everywhere(double logit, double target, double loss, double slope)
    {
        foreach (var posWeight in (Tensor?[])[null, Tensor.From([1f])])
        {
            var z = Tensor.From([(float)logit], requiresGrad: true);
            var value = Loss.BinaryCrossEntropyWithLogits(z, Tensor.From([(float)target]), Reduction.Mean, posWeight: posWeight);
            value.Backward();
            Assert.That(value.Item(), Is.EqualTo(loss).Within(1e-4).Percent);
            Assert.That(z.Grad!.Item(), Is.EqualTo(slope).Within(1e-4).Percent);
        }
    }

    [Test]
    public void Both_forms_agree()
    {
        var (z, y) = (Tensor.From(Logits), Tensor.From(Targets));
        Assert.That(Loss.BinaryCrossEntropyWithLogits(z, y).Item(), Is.EqualTo(Loss.BinaryCrossEntropy(z.Sigmoid(), y).Item()).Within(1e-12));
    }

    [Test]
    public void Logarithms_of_impossible_predictions_are_bounded()
    {
        var p = Tensor.From([0f, 0, 1, 1], requiresGrad: true);
        var terms = Loss.BinaryCrossEntropy(p, Tensor.From([0f, 1, 0, 1]), Reduction.None);
        Assert.That(terms.ToArray<float>(), Is.EqualTo([0f, 100, 100, 0]));
        terms.Sum().Backward();
        Assert.That(p.Grad!.ToArray<float>(), Is.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void NaN_stays_NaN()
    {
        var (p, y) = (Tensor.From([float.NaN]), Tensor.From([1f]));
        Assert.That(Loss.BinaryCrossEntropy(p, y).Item(), Is.NaN);
        Assert.That(Loss.BinaryCrossEntropyWithLogits(p, y).Item(), Is.NaN);
    }

    [TestCase(1.5f)]
    [TestCase(-0.1f)]
    public void Logits_taken_for_probabilities_are_an_error(float value)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Loss.BinaryCrossEntropy(Tensor.From([0.5f, value]), Tensor.From([1f, 0])))!;
        Assert.That(error.Message, Does.Contain(FormattableString.Invariant($"{value}")).And.Contain("BinaryCrossEntropyWithLogits"));
    }

    [Test]
    public void Whole_numbers_and_truth_values_are_targets_too()
    {
        var z = Tensor.From(Logits);
        var y = z > 0;
        var expected = Loss.BinaryCrossEntropyWithLogits(z, y.To(DType.Float64)).Item();
        Assert.That(Loss.BinaryCrossEntropyWithLogits(z, y).Item(), Is.EqualTo(expected));
        Assert.That(Loss.BinaryCrossEntropyWithLogits(z, y.To(DType.Int64)).Item(), Is.EqualTo(expected));
        Assert.That(Loss.BinaryCrossEntropy(z.Sigmoid(), y).Item(), Is.EqualTo(expected).Within(1e-12));
        Assert.That(Loss.BinaryCrossEntropy(z.Sigmoid(), y.To(DType.Int64)).Item(), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Shapes_must_be_equal()
    {
        Assert.Throws<ShapeException>(() => Loss.BinaryCrossEntropy(Tensor.Zeros([4, 1]), Tensor.Zeros([4])));
        var error = Assert.Throws<ShapeException>(() => Loss.BinaryCrossEntropyWithLogits(Tensor.Zeros([4, 1]), Tensor.Zeros([4])))!;
        Assert.That(error.Message, Does.Contain("[4, 1]").And.Contain("[4]").And.Contain("Reshape"));
        Assert.Throws<ShapeException>(() => Loss.BinaryCrossEntropyWithLogits(Tensor.Zeros([4]), Tensor.Zeros([4]), Reduction.Mean, posWeight: Tensor.Zeros([2, 4])));
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
