
namespace Autograd.Tests.RandomNumbers;

/// <summary>Statistical tests at fixed seeds: each is passed by a right distribution in all but 1 to 2 of 1000 seeds.</summary>
public class DistributionTests
{
    private const int Count = 200_000;

    // P(√n·D > 1.95) = 0.001 for the Kolmogorov-Smirnov distance D; P(√n·D < 0.31) = 0.00001: suspiciously even.
    private const double LeastDistance = 0.31;
    private const double GreatestDistance = 1.95;

    [TestCase(1UL)]
    [TestCase(2UL)]
    public void Uniforms_are_uniform(ulong seed)
    {
        Assert.That(Distance(Uniforms<double>(seed), x => x), Is.InRange(LeastDistance, GreatestDistance));
        Assert.That(Distance(Array.ConvertAll(Uniforms<float>(seed), x => (double)x), x => x), Is.InRange(LeastDistance, GreatestDistance));
    }

    [TestCase(1UL)]
    [TestCase(2UL)]
    public void Normals_are_normal(ulong seed)
    {
        Assert.That(Distance(Normals<double>(seed), NormalReference.Cumulative), Is.InRange(LeastDistance, GreatestDistance));
        Assert.That(Distance(Array.ConvertAll(Normals<float>(seed), x => (double)x), NormalReference.Cumulative), Is.InRange(LeastDistance, GreatestDistance));
    }

    [Test]
    public void Uniforms_have_the_right_moments()
    {
        var values = Uniforms<double>(3);
        AssertMean(values, x => x, 0.5, 1 / 12.0);
        AssertMean(values, x => (x - 0.5) * (x - 0.5), 1 / 12.0, 1 / 180.0);
    }

    [Test]
    public void Normals_have_the_right_moments()
    {
        var values = Normals<double>(3);
        AssertMean(values, x => x, 0, 1);
        AssertMean(values, x => x * x, 1, 2);
        AssertMean(values, x => x * x * x, 0, 15);
        AssertMean(values, x => x * x * x * x, 3, 96);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(17)]
    public void Neighbours_are_uncorrelated(int lag)
    {
        var values = Normals<double>(4);
        AssertMean(values[lag..].Zip(values, (x, y) => x * y).ToArray(), x => x, 0, 1);
    }

    [Test]
    public void Uniforms_are_multiples_of_their_unit_below_one()
    {
        Assert.That(Uniforms<float>(5), Is.All.Matches<float>(x => x is >= 0 and < 1 && float.IsInteger(x * (1 << 24))));
        Assert.That(Uniforms<double>(5), Is.All.Matches<double>(x => x is >= 0 and < 1 && double.IsInteger(x * (1L << 53))));
        Assert.That(Uniforms<float>(5).Count(x => float.IsOddInteger(x * (1 << 24))), Is.InRange(Count * 0.49, Count * 0.51), "the last bit is used");
        Assert.That(Uniforms<double>(5).Count(x => double.IsOddInteger(x * (1L << 53))), Is.InRange(Count * 0.49, Count * 0.51), "the last bit is used");
    }

    // The limits are the quantiles 0.001 and 0.999 of χ² with cells − 1 degrees of freedom.
    [TestCase(0, 10, 1.152, 27.877)]
    [TestCase(-3, 4, 0.381, 22.458)]
    [TestCase(-1, 1, 0.0000016, 10.828)]
    public void Integers_are_equally_frequent(long low, long high, double least, double greatest)
    {
        var counts = new int[high - low];
        foreach (var value in Integers(6, low, high))
            counts[value - low]++;
        Assert.That(ChiSquare(counts), Is.InRange(least, greatest));
    }

    [Test]
    public void Integers_of_a_huge_range_are_unbiased()
    {
        // Range 3·2⁶²: without rejection the multiples of 3 would come from two draws each, the others from one.
        const long high = 3L << 61;
        var counts = new int[3];
        foreach (var value in Integers(7, -high, high))
            counts[(int)(unchecked((ulong)(value + high)) % 3)]++;
        Assert.That(ChiSquare(counts), Is.InRange(0.002, 13.816));
    }

    [Test]
    public void Rejected_integers_of_one_block_get_attempts_of_their_own()
        => Assert.That(Integers(8, long.MinValue, 1), Is.Unique, "half of the attempts are rejected, and 2⁶³ values leave no room for chance");

    [TestCase(5, 6)]
    [TestCase(long.MinValue, long.MinValue + 1)]
    [TestCase(long.MaxValue - 2, long.MaxValue)]
    [TestCase(long.MinValue, long.MaxValue)]
    [TestCase(long.MinValue, 1)]
    public void Integers_stay_in_their_range(long low, long high)
    {
        var values = Integers(8, low, high);
        Assert.That(values, Is.All.InRange(low, high - 1));
        if (unchecked((ulong)(high - low)) <= 2)
            Assert.That(values.Distinct().Order(), Is.EqualTo(low == high - 1 ? new[] { low } : [low, low + 1]));
        else
            Assert.That(values.Max() / 2.0 - values.Min() / 2.0, Is.GreaterThan((high / 2.0 - low / 2.0) * 0.999));
    }

    [Test]
    public void Permutations_are_equally_frequent()
    {
        var counts = new Dictionary<(long, long, long, long), int>();
        var generator = new Generator(9);
        var permutation = new long[4];
        for (var i = 0; i < Count; i++)
        {
            generator.FillPermutation(permutation);
            var key = (permutation[0], permutation[1], permutation[2], permutation[3]);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        Assert.That(counts, Has.Count.EqualTo(24));
        Assert.That(ChiSquare([.. counts.Values]), Is.InRange(7.529, 49.728));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    public void A_permutation_has_every_index_once(int length)
    {
        var permutation = new long[length];
        new Generator(10).FillPermutation(permutation);
        Assert.That(permutation.Order(), Is.EqualTo(Enumerable.Range(0, length).Select(i => (long)i)));
        if (length > 100)
            Assert.That(permutation.Select((value, index) => value == index ? 1 : 0).Sum(), Is.LessThan(10), "fixed points are Poisson with mean 1");
    }

    private static T[] Uniforms<T>(ulong seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var values = new T[Count];
        new Generator(seed).FillUniform(values.AsSpan());
        return values;
    }

    private static T[] Normals<T>(ulong seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var values = new T[Count];
        new Generator(seed).FillNormal(values.AsSpan());
        return values;
    }

    private static long[] Integers(ulong seed, long low, long high)
    {
        var values = new long[Count];
        new Generator(seed).FillIntegers(values, low, high);
        return values;
    }

    /// <summary>√n times the greatest distance between the empirical distribution and the cumulative function.</summary>
    private static double Distance(double[] values, Func<double, double> cumulative)
    {
        Array.Sort(values);
        var greatest = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var probability = cumulative(values[i]);
            greatest = Math.Max(greatest, Math.Max(probability - (double)i / values.Length, (i + 1.0) / values.Length - probability));
        }
        return greatest * Math.Sqrt(values.Length);
    }

    /// <summary>The mean of f over the values lies within 3.3 standard errors (0.001) of its expectation.</summary>
    private static void AssertMean(double[] values, Func<double, double> f, double expectation, double variance)
        => Assert.That(values.Average(f), Is.EqualTo(expectation).Within(3.3 * Math.Sqrt(variance / values.Length)));

    private static double ChiSquare(int[] counts)
    {
        var expected = (double)counts.Sum() / counts.Length;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
