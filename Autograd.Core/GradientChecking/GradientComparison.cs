namespace Autograd.GradientChecking;

/// <summary>Compares derivatives that are claimed with difference quotients, for one function at one point.</summary>
internal sealed class GradientComparison
{
    // Once so many derivatives are known to be wrong, the others are judged by one quotient.
    private const int MostExtrapolated = 64;
    private const int DirectionsAtKinks = 6;
    private const int PointsNearKinks = 16;

    private readonly Tensor[] inputs;
    private readonly string[] names;
    private readonly GradCheckOptions options;
    private readonly Budget budget;
    private readonly Quotients quotients;
    private double[] typical = [];
    private int wrong;
    private int hidden;

    public GradientComparison(Tensor[] inputs, string[] names, double rounding, GradCheckOptions options, Budget budget)
    {
        (this.inputs, this.names, this.options, this.budget) = (inputs, names, options, budget);
        quotients = new(rounding, options.Step);
    }

    /// <summary>What was found so far.</summary>
    public List<GradCheckEntry> Entries { get; } = [];

    /// <summary>Compares the gradients of each value of a function.</summary>
    /// <param name="function">The values at a point.</param>
    /// <param name="gradients">For each value, the gradient with respect to each input; null for an input that has none.</param>
    /// <param name="outputs">The names of the values; null for a projection.</param>
    /// <param name="order">The order to be noted.</param>
    public void Compare(Func<Tensor[], double[]> function, Tensor?[][] gradients, string?[] outputs, int order)
    {
        var origin = function(inputs);
        if (origin.Length == 0)
        {
            return;
        }

        var generator = new Generator(options.Seed).Split();
        var claims = Array.ConvertAll(gradients, row => Array.ConvertAll(row, gradient => gradient?.To(DType.Float64).ToArray<double>() ?? []));
        typical = Array.ConvertAll(claims, claim => Math.Sqrt(claim.SelectMany(row => row).Select(value => value * value).DefaultIfEmpty().Average()));
        var kinked = new bool[inputs.Length][];
        for (var i = 0; i < inputs.Length; i++)
        {
            var count = inputs[i].ElementCount;
            kinked[i] = new bool[count];
            if (gradients[0][i] is null || count == 0)
            {
                continue;
            }

            if (count > options.LargestComplete)
            {
                for (var p = 0; p < options.Projections && budget.Spend(); p++)
                {
                    var directions = new Tensor?[inputs.Length];
                    directions[i] = Tensor.Randn(inputs[i].Shape, inputs[i].DType, generator: generator);
                    Judge(new(function, inputs, directions), origin, [.. gradients.Select(row => Along(row, directions))], outputs, new(order, names[i], [], 0, 0, 0) { IsAlongDirection = true });
                }

                continue;
            }

            var point = inputs[i].To(DType.Float64).ToArray<double>();
            foreach (var k in budget.IsLimited ? Tensor.RandPermutation(count, generator).ToArray<long>() : [.. Enumerable.Range(0, count)])
            {
                if (!budget.Spend())
                {
                    break;
                }

                if (!double.IsFinite(point[k]))
                {
                    // Infinity and NaN have no neighbours.
                    continue;
                }

                var element = new GradCheckEntry(order, names[i], Coordinates((int)k, inputs[i].Shape), 0, 0, 0);
                kinked[i][k] = Judge(new(function, inputs, i, (int)k, point), origin, Array.ConvertAll(claims, claim => claim[i][k]), outputs, element);
            }
        }

        if (Array.Exists(kinked, row => Array.Exists(row, one => one)))
        {
            CompareThroughKinks(function, gradients, outputs, order, origin, kinked, generator);
        }
    }

    /// <summary>At a kink, each element of a wrong gradient may lie between its two slopes; along directions through several of them, it does not.</summary>
    private void CompareThroughKinks(Func<Tensor[], double[]> function, Tensor?[][] gradients, string?[] outputs, int order, double[] origin, bool[][] kinked, Generator generator)
    {
        for (var d = 0; d < DirectionsAtKinks; d++)
        {
            var directions = new Tensor?[inputs.Length];
            for (var i = 0; i < inputs.Length; i++)
            {
                if (Array.Exists(kinked[i], one => one))
                {
                    var mask = Tensor.From(Array.ConvertAll(kinked[i], one => one ? 1.0 : 0)).Reshape(inputs[i].Shape).To(inputs[i].DType);
                    directions[i] = d == 0 ? mask : mask * Tensor.Randn(inputs[i].Shape, inputs[i].DType, generator: generator);
                }
            }

            Judge(new(function, inputs, directions), origin, [.. gradients.Select(row => Along(row, directions))], outputs, new(order, "all", [], 0, 0, 0) { IsAlongDirection = true });
        }
    }

    private static double Along(Tensor?[] gradients, Tensor?[] directions)
        => gradients.Zip(directions, (gradient, direction) => gradient is null || direction is null ? 0 : (gradient.To(DType.Float64) * direction.To(DType.Float64)).Sum().Item()).Sum();

    /// <summary>Notes an entry for each value of the function.</summary>
    /// <returns>Whether one of them has a kink.</returns>
    private bool Judge(Line line, double[] origin, double[] claimed, string?[] outputs, GradCheckEntry blank)
    {
        var (simple, kinked) = (quotients.Simple(line, origin), false);
        for (var o = 0; o < origin.Length; o++)
        {
            var entry = Judge(blank with { Analytic = claimed[o], Output = outputs[o] }, simple[o]);
            hidden += entry.IsHidden ? 1 : 0;
            if (options.Extrapolate || ((!entry.IsCorrect || simple[o].IsSuspicious(typical[o])) && wrong < MostExtrapolated) || (entry.IsHidden && hidden < MostExtrapolated))
            {
                var estimate = quotients.Extrapolated(line, origin, o);
                entry = Judge(entry, estimate);
                if (entry.Verdict == GradCheckVerdict.Wrong && estimate.Course != Course.Jump)
                {
                    entry = Judge(entry, Widened(estimate, line, o));
                }
            }

            wrong += entry.IsCorrect ? 0 : 1;
            kinked |= entry.Verdict == GradCheckVerdict.Kink;
            Entries.Add(entry);
        }

        return kinked;
    }

    /// <summary>Where the pieces of a function meet, a gradient lies between the slopes that it has nearby (Clarke, Optimization and nonsmooth analysis, 1983), which may be more than the two along the line.
    /// They are far apart however near; those of a smooth function come together.</summary>
    private Estimate Widened(in Estimate estimate, Line line, int value)
    {
        var (far, near) = (SlopesNear(line, value, 1e-4), SlopesNear(line, value, 2e-5));
        return near.Highest - near.Lowest > 0.6 * (far.Highest - far.Lowest) && near.Highest - near.Lowest > 32 * estimate.Noise
            ? estimate with { Course = Course.Kink, Before = Math.Min(far.Lowest, Math.Min(estimate.Before, estimate.After)), After = Math.Max(far.Highest, Math.Max(estimate.Before, estimate.After)) }
            : estimate;
    }

    private (double Lowest, double Highest) SlopesNear(Line line, int value, double distance)
    {
        var generator = new Generator(options.Seed);
        var (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < PointsNearKinks; i++)
        {
            var near = line.Near(generator, distance);
            var slope = quotients.Simple(near, near.At(0).Values)[value].Value;
            (lowest, highest) = (Math.Min(lowest, slope), Math.Max(highest, slope));
        }

        return (lowest, highest);
    }

    private GradCheckEntry Judge(GradCheckEntry entry, in Estimate estimate)
    {
        var scale = Math.Max(Math.Abs(entry.Analytic), Math.Abs(estimate.Value));
        var tolerance = options.AbsoluteTolerance + (options.RelativeTolerance * (double.IsFinite(scale) ? scale : 0)) + estimate.Noise;
        entry = entry with
        {
            Numeric = estimate.Value,
            Tolerance = tolerance,
            NumericError = estimate.Truncation + estimate.Noise,
            Step = estimate.Step,
            SlopeBefore = estimate.Before,
            SlopeAfter = estimate.After,
            IsHidden = estimate.Noise > options.AbsoluteTolerance && estimate.Noise > 0.3 * scale && entry.Analytic != 0,
        };
        return entry with
        {
            Verdict = estimate.Course switch
            {
                Course.Jump => double.IsNaN(entry.Analytic) ? GradCheckVerdict.Wrong : GradCheckVerdict.Jump,
                Course.Kink => Math.Min(estimate.Before, estimate.After) - tolerance <= entry.Analytic && entry.Analytic <= Math.Max(estimate.Before, estimate.After) + tolerance
                    ? GradCheckVerdict.Kink
                    : GradCheckVerdict.Wrong,
                _ => entry.Error <= tolerance ? GradCheckVerdict.Agrees
                    : entry.Error <= 4 * entry.NumericError ? GradCheckVerdict.Inconclusive
                    : GradCheckVerdict.Wrong,
            },
        };
    }

    private static int[] Coordinates(int place, Shape shape)
    {
        var coordinates = new int[shape.Rank];
        for (var i = shape.Rank - 1; i >= 0; i--)
        {
            (place, coordinates[i]) = Math.DivRem(place, shape[i]);
        }

        return coordinates;
    }
}
