using System.Runtime.Intrinsics;

namespace Autograd.Tests.RandomNumbers;

public class NaturalLogarithmTests
{
    // Math.Log is itself within 1 unit of the exact value, so that a difference of 2 would still be no proof of an error.
    private const double LargestDifference = 2;

    [Test]
    public void Agrees_with_the_library_over_the_whole_range()
    {
        var worst = 0.0;
        for (var exponent = -1074; exponent < 1024; exponent++)
            for (var step = 0; step < 32; step++)
                worst = Math.Max(worst, DifferenceInUnits(Math.ScaleB(1 + step / 32.0 + 1e-3, exponent)));
        Assert.That(worst, Is.LessThanOrEqualTo(LargestDifference));
    }

    [Test]
    public void Agrees_with_the_library_around_one()
    {
        var worst = 0.0;
        for (var distance = Math.ScaleB(1, -53); distance < 0.5; distance *= 1.01)
            worst = Math.Max(worst, Math.Max(DifferenceInUnits(1 + distance), DifferenceInUnits(1 - distance)));
        Assert.That(worst, Is.LessThanOrEqualTo(LargestDifference));
    }

    [Test]
    public void Of_one_is_zero() => Assert.That(Log(1), Is.Zero);

    [TestCase(double.Epsilon, -744.4400719213812)]
    [TestCase(double.MaxValue, 709.782712893384)]
    [TestCase(Math.E, 1)]
    public void Known_values(double x, double expected) => Assert.That(Log(x), Is.EqualTo(expected));

    [Test]
    public void Lanes_do_not_depend_on_each_other()
    {
        var mixed = NaturalLogarithm.Of(Vector256.Create(1e-310, 0.3, 1, 1e300));
        Assert.That(mixed, Is.EqualTo(Vector256.Create(Log(1e-310), Log(0.3), Log(1), Log(1e300))));
    }

    private static double Log(double x) => NaturalLogarithm.Of(Vector256.Create(x)).ToScalar();

    private static double DifferenceInUnits(double x)
    {
        var expected = Math.Log(x);
        return expected == Log(x) ? 0 : Math.Abs(Log(x) - expected) / (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
    }
}
