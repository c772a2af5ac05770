namespace Autograd.Benchmarks.Comparison;

/// <summary>Means of measurements.</summary>
internal static class Statistics
{
    /// <summary>The middle of the sorted values; of an even number, the mean of the middle two.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? throw new ArgumentException("There is no median of no values.", nameof(values))
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The n-th root of the product: the mean under which a ratio of 2 and one of ½ cancel.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double GeometricMean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length == 0 ? throw new ArgumentException("There is no mean of no values.", nameof(values)) : Math.Exp(all.Average(Math.Log));
    }
}
