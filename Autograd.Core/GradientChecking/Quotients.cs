namespace Autograd.GradientChecking;

/// <summary>Derivatives along a line from central difference quotients.</summary>
/// <param name="rounding">The rounding unit of the function's numbers.</param>
/// <param name="step">The step in units of the line's scale; null for the cube root of the rounding unit, which balances truncation against rounding.</param>
internal sealed class Quotients(double rounding, double? step)
{
    // What rounding in a composition of some operations adds up to, in rounding units of the value.
    private const double RoundingsOfAValue = 16;
    private const double FirstStep = 1.0 / 128;

    // A step that is not many rounding units of the point long may be lost on the way through the function.
    private const double FewestRoundings = 1 << 12;
    private const double Ratio = 4;
    private const int MostSteps = 20;
    private const int Columns = 4;

    /// <summary>One central quotient for each value of the function: two evaluations.</summary>
    /// <param name="line">The line.</param>
    /// <param name="origin">The values at the point.</param>
    public Estimate[] Simple(Line line, double[] origin)
    {
        var h = (step ?? Math.Cbrt(rounding)) * line.Scale;
        var (ahead, above) = line.At(h);
        var (behind, below) = line.At(-h);
        var estimates = new Estimate[origin.Length];
        for (var i = 0; i < estimates.Length; i++)
        {
            var noise = RoundingsOfAValue * rounding * Math.Max(Math.Abs(origin[i]), Math.Max(Math.Abs(above[i]), Math.Abs(below[i]))) / h;
            var (before, after) = (Slope(below[i] - origin[i], behind), Slope(above[i] - origin[i], ahead));

            // Without a second step, the change of the slope is all there is to tell the curvature by.
            var truncation = Math.Abs(after - before) * h / line.Scale;
            estimates[i] = new(Slope(above[i] - below[i], ahead - behind), Finite(truncation), Finite(noise), h, before, after, Course.Smooth);
        }

        return estimates;
    }

    /// <summary>The derivative of one of the values: quotients for steps that shrink by 4, extrapolated to the step 0, and the one with the smallest estimated error
    /// (Richardson 1911; Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982). Where the slopes before and behind the point do not approach each other, it is a kink, where the values do not, a jump.</summary>
    public Estimate Extrapolated(Line line, double[] origin, int value)
    {
        var noise = Math.Max(RoundingsOfAValue * rounding * Math.Abs(origin[value]), FunctionNoise.Measure(line, value, rounding));
        var steps = new List<Quotient>();
        for (var h = FirstStep * line.Scale; steps.Count < MostSteps && h > FewestRoundings * rounding * line.Size; h /= Ratio)
        {
            var quotient = Quotient.At(line, origin[value], value, h, noise);
            steps.Add(quotient);

            // Once rounding is all there is, smaller steps say nothing more.
            if (steps.Count > Columns + 2 && quotient.Noise > Math.Max(1e-2 * Math.Abs(quotient.Central), Math.Abs(quotient.After - quotient.Before)) + double.Epsilon)
            {
                break;
            }
        }

        return CourseOf(steps) is var (course, finest) && course != Course.Smooth
            ? new(finest.Central, double.PositiveInfinity, finest.Noise, finest.Step, finest.Before, finest.After, course)
            : Best(steps);
    }

    /// <summary>The quotient; 0 without a sign.</summary>
    private static double Slope(double rise, double run) => (rise / run) + 0.0;

    private static double Finite(double error) => double.IsFinite(error) ? error : 0;

    /// <summary>Judges by the finest steps at which rounding does not yet hide how far the two slopes are apart.</summary>
    private static (Course Course, Quotient Finest) CourseOf(List<Quotient> steps)
    {
        var last = steps.FindLastIndex(quotient => quotient.IsFinite);
        if (last < 2)
        {
            return (Course.Jump, steps[^1]);
        }

        var (fine, coarse, coarsest) = (steps[last], steps[last - 1], steps[last - 2]);
        if (fine.Steepest > 64 * fine.Noise && fine.Steepest > 3 * coarse.Steepest && coarse.Steepest > 3 * coarsest.Steepest)
        {
            return (Course.Jump, fine);
        }

        var widest = steps.Max(quotient => quotient.IsFinite ? quotient.Apart : 0);
        while (last > 2 && 1024 * steps[last].Noise > widest)
        {
            last--;
        }

        (fine, coarse, coarsest) = (steps[last], steps[last - 1], steps[last - 2]);
        return fine.Apart > 16 * fine.Noise && fine.Apart > 0.7 * coarse.Apart && coarse.Apart > 0.7 * coarsest.Apart ? (Course.Kink, fine) : (Course.Smooth, fine);
    }

    /// <summary>Neville's tableau in powers of h². Quotients over smaller steps that contradict an estimate add to its error: a kink lies between the steps, or waves finer than they are.</summary>
    private static Estimate Best(List<Quotient> steps)
    {
        var best = new Estimate(double.NaN, double.PositiveInfinity, 0, double.NaN, double.NaN, double.NaN, Course.Smooth);
        var former = new List<double>();
        for (var i = 0; i < steps.Count; i++)
        {
            var quotient = steps[i];
            var row = new List<double> { quotient.Central };
            var power = 1.0;
            for (var k = 0; k < Math.Min(former.Count, Columns); k++)
            {
                power *= Ratio * Ratio;
                row.Add(row[k] + ((row[k] - former[k]) / (power - 1)));
                var error = Math.Max(Math.Abs(row[k + 1] - row[k]), Math.Abs(row[k + 1] - former[k])) + Contradiction(steps, i, row[k + 1]);
                if (error + quotient.Noise < best.Truncation + best.Noise)
                {
                    best = new(row[k + 1], error, quotient.Noise, quotient.Step, quotient.Before, quotient.After, Course.Smooth);
                }
            }

            former = quotient.IsFinite ? row : [];
        }

        return best;
    }

    private static double Contradiction(List<Quotient> steps, int step, double value)
    {
        var most = 0.0;
        for (var i = step + 1; i < steps.Count; i++)
        {
            most = Math.Max(most, Math.Abs(steps[i].Central - value) - (4 * steps[i].Noise));
        }

        return most;
    }

    /// <summary>The slopes for one step.</summary>
    private readonly record struct Quotient(double Step, double Central, double Before, double After, double Noise)
    {
        public double Apart => Math.Abs(After - Before);

        public double Steepest => Math.Max(Math.Abs(Before), Math.Abs(After));

        public bool IsFinite => double.IsFinite(Before) && double.IsFinite(After);

        public static Quotient At(Line line, double origin, int value, double h, double noise)
        {
            var (ahead, above) = line.At(h);
            var (behind, below) = line.At(-h);
            return new(h, Slope(above[value] - below[value], ahead - behind), Slope(below[value] - origin, behind), Slope(above[value] - origin, ahead), noise / h);
        }
    }
}
