using Autograd.Benchmarks.Comparison;

namespace Autograd.Tests.Benchmarks;

internal sealed class ChecksumTests
{
    private const double Tolerance = 1e-5;

    private static readonly float[] Values = [.. Enumerable.Range(0, 1000).Select(i => MathF.Sin(i * 0.7f))];

    [Test]
    public void StatisticsAreThoseOfTheValues()
    {
        var sum = Checksum.Of("x", Tensor.From([1.0, -2, 4]));
        Assert.That((sum.Count, sum.Sum, sum.Squares), Is.EqualTo((3, 3.0, 21.0)));
        Assert.That(sum.Weighted, Is.EqualTo(((-2 * 856) + (4 * 703)) / 1009.0).Within(1e-12), "7919 mod 1009 = 856, 15838 mod 1009 = 703");
        Assert.That(sum.Samples, Is.EqualTo(new[] { 1.0, -2, 4 }));
    }

    [Test]
    public void SamplesReachFromTheFirstToTheLast()
    {
        var samples = Checksum.Of("x", Tensor.Arange(1000)).Samples;
        Assert.That((samples.Length, samples[0], samples[^1]), Is.EqualTo((16, 0.0, 999.0)));
    }

    [Test]
    public void RoundingIsNoDifference()
    {
        float[] rounded = [.. Values.Select(MathF.BitIncrement)];
        Assert.That(Difference(rounded), Is.Null);
    }

    [Test]
    public void AWrongFactorIsFound() => Assert.That(Difference([.. Values.Select(value => value * 1.001f)]), Does.Contain("Σx²"));

    [Test]
    public void AWrongTermIsFound() => Assert.That(Difference([.. Values.Select(value => value + 0.001f)]), Does.Contain("Σx"));

    [Test]
    public void OneWrongElementIsFound([Values(0, 500, 999)] int place)
    {
        float[] wrong = [.. Values];
        wrong[place] += 0.5f;
        Assert.That(Difference(wrong), Is.Not.Null);
    }

    [Test]
    public void ExchangedElementsAreFound()
    {
        float[] reversed = [.. Values.Reverse()];
        Assert.That(Difference(reversed), Is.Not.Null);
        float[] swapped = [.. Values];
        (swapped[3], swapped[501]) = (swapped[501], swapped[3]);
        Assert.That(Difference(swapped), Is.Not.Null);
    }

    [Test]
    public void NaNAgreesWithNothingElse()
    {
        float[] wrong = [.. Values];
        wrong[17] = float.NaN;
        Assert.That(Difference(wrong), Is.Not.Null);
        Assert.That(Checksum.Of("x", Tensor.From(wrong)).IsFinite, Is.False);
    }

    [Test]
    public void AnotherNameOrCountIsADifference()
    {
        Assert.That(Checksum.Of("x", Tensor.From(Values)).DifferenceFrom(Checksum.Of("y", Tensor.From(Values)), Tolerance), Is.Not.Null);
        Assert.That(Difference(Values[..^1]), Is.Not.Null);
    }

    [Test]
    public void ASumThatCancelsIsComparedWithWhatItCouldHaveBeen()
    {
        var (here, there) = (Checksum.Of("x", Tensor.From([1e4f, -1e4f])), Checksum.Of("x", Tensor.From([1e4f, -9999.99f])));
        Assert.That(here.DifferenceFrom(there, Tolerance), Is.Null);
    }

    private static string? Difference(float[] other) => Checksum.Of("x", Tensor.From(Values)).DifferenceFrom(Checksum.Of("x", Tensor.From(other)), Tolerance);
}
