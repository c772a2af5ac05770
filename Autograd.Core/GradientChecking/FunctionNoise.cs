namespace Autograd.GradientChecking;

/// <summary>How far a function's computed values scatter about a smooth curve, measured by a table of differences (Moré and Wild, Estimating computational noise, 2011).</summary>
internal static class FunctionNoise
{
    private const int Points = 8;
    private const double LargestSpacing = 1e-2;

    /// <summary>An upper estimate of the noise in one of the function's values near the line's point; 0 where it cannot be measured.</summary>
    public static double Measure(Line line, int value, double rounding)
    {
        // Points are as close together as they can be while their values differ: what the higher differences show is noise then, and not the curve between them.
        for (var spacing = 256 * rounding; spacing <= LargestSpacing; spacing *= 64)
        {
            var values = new double[Points];
            for (var i = 0; i < Points; i++)
            {
                values[i] = line.At((i + 1) * spacing * line.Scale).Values[value];
            }

            var equal = 0;
            for (var i = 1; i < Points; i++)
            {
                equal += values[i] == values[i - 1] ? 1 : 0;
            }

            if (equal <= Points / 2)
            {
                return Deviation(values);
            }
        }

        return 0;
    }

    /// <summary>The k-th differences of values that scatter with the standard deviation σ have the standard deviation σ √((2k)!/(k!)²).</summary>
    private static double Deviation(double[] differences)
    {
        var (least, expected) = (double.PositiveInfinity, 1.0);
        for (var k = 1; k < Points - 1; k++)
        {
            var sum = 0.0;
            for (var i = 0; i < Points - k; i++)
            {
                differences[i] = differences[i + 1] - differences[i];
                sum += differences[i] * differences[i];
            }

            expected *= ((2.0 * k) - 1) * 2 / k;
            if (k >= 2)
            {
                least = Math.Min(least, Math.Sqrt(sum / (Points - k) / expected));
            }
        }

        // Few samples: their deviation may be half the true one, and what matters is the largest, not the mean.
        return double.IsFinite(least) ? 6 * least : 0;
    }
}
