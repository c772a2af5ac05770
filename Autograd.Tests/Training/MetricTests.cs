using Autograd.Optim;

namespace Autograd.Tests.Training;

internal sealed class MetricTests
{
    private static readonly Tensor Logits = Tensor.From([3.0, 1, 0, 0, 2, 1, 1, 0, 2, 5, 4, 3], [4, 3]);
    private static readonly Tensor Labels = Tensor.From([0L, 1, 1, 2]);

    private static double Of(Metric metric, Tensor output, Tensor target, int parts = 2)
    {
        metric.Reset();
        var size = Math.Max(1, output.Shape[0] / parts);
        foreach (var (o, t) in output.Split(size).Zip(target.Split(size)))
        {
            metric.Update(o, t);
            var state = metric.State;
            metric.Reset();
            metric.State = state;
        }

        return metric.Value;
    }

    [Test]
    public void OfClasses()
    {
        // Predicted 0, 1, 2, 0; true 0, 1, 1, 2.
        Assert.That(Of(Metric.Accuracy(), Logits, Labels), Is.EqualTo(0.5));
        Assert.That(Of(Metric.TopK(2), Logits, Labels), Is.EqualTo(0.5));
        Assert.That(Of(Metric.TopK(3), Logits, Labels), Is.EqualTo(1));
        Assert.That(Of(Metric.Precision(3), Logits, Labels), Is.EqualTo((0.5 + 1 + 0) / 3).Within(1e-15));
        Assert.That(Of(Metric.Recall(3), Logits, Labels), Is.EqualTo((1 + 0.5 + 0) / 3).Within(1e-15));
        Assert.That(Of(Metric.F1(3), Logits, Labels), Is.EqualTo(((2 / 3.0) + (2 / 3.0) + 0) / 3).Within(1e-15));
        Assert.That(Of(Metric.Precision(5), Logits, Labels), Is.EqualTo(0.5).Within(1e-15), "Classes that do not occur do not count.");
    }

    [Test]
    public void OfTwoClassesByOneNumber()
    {
        var (output, target) = (Tensor.From([2.0, -1, 0.5, -3, 1]), Tensor.From([1L, 1, 0, 0, 1]));
        Assert.That(Of(Metric.Accuracy(), output, target), Is.EqualTo(0.6).Within(1e-15));
        Assert.That(Of(Metric.Accuracy(threshold: 0.7), output, target.To(DType.Float32)), Is.EqualTo(0.8).Within(1e-15));
        Assert.That(Of(Metric.Precision(), output, target), Is.EqualTo(2 / 3.0));
        Assert.That(Of(Metric.Recall(), output, target), Is.EqualTo(2 / 3.0));
        Assert.That(Of(Metric.F1(), output, target), Is.EqualTo(2 / 3.0));
    }

    [Test]
    public void TheAreaUnderTheCurveCountsPairs()
    {
        var generator = new Generator(1);
        var output = Tensor.RandInt(0, 8, [60], generator).To(DType.Float64);
        var target = Tensor.RandInt(0, 2, [60], generator);
        var (scores, labels) = (output.ToArray<double>(), target.ToArray<long>());
        var pairs = from i in Enumerable.Range(0, 60) from j in Enumerable.Range(0, 60) where labels[i] == 1 && labels[j] == 0 select scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        Assert.That(Of(Metric.RocAuc(), output, target, parts: 7), Is.EqualTo(pairs.Average()).Within(1e-14));
        Assert.That(Of(Metric.RocAuc(), output, Tensor.OnesLike(target)), Is.NaN, "One class alone has no curve.");
    }

    [Test]
    public void OfNumbers()
    {
        var (output, target) = (Tensor.From([1.0, 2, 4, 8], [4, 1]), Tensor.From([1.0, 3, 3, 6], [4, 1]));
        Assert.That(Of(Metric.MeanSquaredError(), output, target), Is.EqualTo(1.5));
        Assert.That(Of(Metric.MeanAbsoluteError(), output, target), Is.EqualTo(1));
        var total = new[] { 1.0, 3, 3, 6 }.Sum(y => Math.Pow(y - 3.25, 2));
        Assert.That(Of(Metric.R2(), output, target), Is.EqualTo(1 - (6 / total)).Within(1e-14));
        Assert.That(Of(Metric.R2(), output + 1e9, target + 1e9, parts: 4), Is.EqualTo(1 - (6 / total)).Within(1e-6));
        Assert.That(Of(Metric.Perplexity(), Tensor.Zeros([4, 3]), Labels), Is.EqualTo(3).Within(1e-12));
        Assert.That(Of(Metric.Mean("bias", (o, t) => o - t), output, target), Is.EqualTo(0.5));
    }

    [Test]
    public void TheConfusionMatrixCounts()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add(Logits.ArgMax(1), Labels);
        Assert.That((matrix[1, 2], matrix[2, 0], matrix[2, 2], matrix.Accuracy), Is.EqualTo((1L, 1L, 0L, 0.5)));
        Assert.That(matrix.ToString(), Does.Contain("·").And.Contain("true\\pred"));
        Assert.That(() => matrix.Add(Labels, Labels + 1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("class 3 of example 3"));
        Assert.That(() => matrix.Add(Labels[..2], Labels), Throws.InstanceOf<ShapeException>());
    }

    [Test]
    public void MisuseIsExplained()
    {
        Assert.That(() => Metric.Accuracy().Update(Logits, Tensor.Ones([2, 3])), Throws.InstanceOf<ShapeException>().With.Message.Contains("classes come in dimension 1"));
        Assert.That(() => Metric.MeanSquaredError().Update(Tensor.Ones([4, 1]), Tensor.Ones([4])), Throws.InstanceOf<ShapeException>().With.Message.Contains("Reshape"));
        Assert.That(() => Metric.RocAuc().Update(Logits, Labels), Throws.InstanceOf<ShapeException>());
    }
}
