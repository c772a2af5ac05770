using Autograd.Benchmarks.Comparison;

namespace Autograd.Tests.Benchmarks;

internal sealed class StatisticsTests
{
    [TestCase(new[] { 3.0 }, 3.0)]
    [TestCase(new[] { 9.0, 1, 5 }, 5.0)]
    [TestCase(new[] { 4.0, 1, 3, 100 }, 3.5)]
    public void MedianIsTheMiddle(double[] values, double expected) => Assert.That(Statistics.Median(values), Is.EqualTo(expected));

    [TestCase(new[] { 3.0 }, 3.0)]
    [TestCase(new[] { 2.0, 0.5 }, 1.0)]
    [TestCase(new[] { 1.0, 10, 100 }, 10.0)]
    public void GeometricMeanIsTheRootOfTheProduct(double[] values, double expected) => Assert.That(Statistics.GeometricMean(values), Is.EqualTo(expected).Within(1e-14 * expected));

    [Test]
    public void NothingHasNoMean()
    {
        Assert.That(() => Statistics.Median([]), Throws.ArgumentException);
        Assert.That(() => Statistics.GeometricMean([]), Throws.ArgumentException);
    }

    [TestCase(double.NaN, "—")]
    [TestCase(3.456e-9, "3.46 ns")]
    [TestCase(12.34e-6, "12.3 µs")]
    [TestCase(0.5678, "568 ms")]
    [TestCase(2, "2.00 s")]
    public void DurationsHaveThreeDigits(double seconds, string expected) => Assert.That(MarkdownReport.Duration(seconds), Is.EqualTo(expected));
}
