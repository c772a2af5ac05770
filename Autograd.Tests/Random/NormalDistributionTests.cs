
namespace Autograd.Tests.RandomNumbers;

public class NormalDistributionTests
{
    // The error of a quantile x whose probability comes out as p + Δ is Δ/φ(x). Relative to x it is a few roundings at any p; relative
    // to p the same error is x² times larger (x = 37 at p = 1e-300), which is why x is the scale to judge by.
    // 7e-16 is the function's own error, the rest is left to the reference.
    private const double RelativeTolerance = 1.5e-15;

    [Test]
    public void Inverts_the_lower_tail()
    {
        var worst = 0.0;
        for (var p = 0.1; p > 1e-300; p *= 0.97)
        {
            var x = NormalDistribution.Quantile(p);
            worst = Math.Max(worst, Math.Abs((NormalReference.UpperTail(-x) - p) / (NormalReference.Density(x) * x)));
        }
        Assert.That(worst, Is.LessThan(RelativeTolerance));
    }

    [Test]
    public void Inverts_the_centre()
    {
        var worst = 0.0;
        for (var q = 0.4275; q > 1e-16; q *= 0.99)
        {
            var p = 0.5 + q;
            var x = NormalDistribution.Quantile(p);
            if (x != 0)
                worst = Math.Max(worst, Math.Abs((NormalReference.Central(x) - (p - 0.5)) / (NormalReference.Density(x) * x)));
        }
        Assert.That(worst, Is.LessThan(RelativeTolerance));
    }

    [TestCase(0.5, 0)]
    [TestCase(0.975, 1.959963984540054)]
    [TestCase(0.025, -1.959963984540054)]
    [TestCase(0.75, 0.6744897501960817)]
    [TestCase(1e-300, -37.047096299361)]
    [TestCase(1 - 1.0 / (1L << 53), 8.209536151601387)]
    public void Known_quantiles(double probability, double expected)
        => Assert.That(NormalDistribution.Quantile(probability), Is.EqualTo(expected).Within(Math.Abs(expected) < 5 ? 5e-16 : 1e-10));

    [TestCase(0.075)]
    [TestCase(1.3887943864964021e-11, Description = "e^-25")]
    public void Is_increasing_across_the_seams(double seam)
    {
        for (var step = 1e-13; step < 1e-2; step *= 10)
            Assert.That(NormalDistribution.Quantile(seam * (1 - step)), Is.LessThan(NormalDistribution.Quantile(seam * (1 + step))), $"step {step}");
    }

    [Test]
    public void Greatest_values_come_from_the_outermost_draws()
    {
        var values = new double[4];
        NormalDistribution.FromDraws([0, 1UL << 63, ulong.MaxValue >> 1, ulong.MaxValue], values);
        var outermost = -NormalDistribution.Quantile(1.0 / (1L << 54));
        Assert.That(outermost, Is.EqualTo(8.2923610758135960).Within(2e-15));
        Assert.That(values[..2], Is.EqualTo(new[] { outermost, -outermost }));
        Assert.That(values[2], Is.EqualTo(-values[3]).And.InRange(1e-17, 2e-16), "the innermost are next to zero, but never zero");
    }

    [Test]
    public void Draws_below_the_53_used_bits_do_not_count_and_the_highest_is_the_sign()
    {
        var values = new double[4];
        const ulong draw = 0x2B992DDFA23249D6;
        NormalDistribution.FromDraws([draw, draw ^ 0x7FF, draw ^ 0x800, draw ^ (1UL << 63)], values);
        Assert.That(values[1], Is.EqualTo(values[0]));
        Assert.That(values[2], Is.Not.EqualTo(values[0]));
        Assert.That(values[3], Is.EqualTo(-values[0]));
        Assert.That(values[0], Is.EqualTo(-NormalDistribution.Quantile(((draw >> 11) + 0.5) / (1L << 53))));
    }
}
