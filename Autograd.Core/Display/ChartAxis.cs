namespace Autograd.Display;

/// <summary>Places numbers along an axis of a chart, and chooses round ones to write beside it.</summary>
internal sealed class ChartAxis
{
    private readonly double low;
    private readonly double high;
    private readonly double start;
    private readonly double end;
    private readonly bool isLogarithmic;

    /// <summary>An axis for given numbers; those that it cannot show are left aside.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="start">The pixel of the least.</param>
    /// <param name="end">The pixel of the greatest.</param>
    /// <param name="isLogarithmic">Whether equal distances are equal factors.</param>
    public ChartAxis(IEnumerable<double> values, double start, double end, bool isLogarithmic)
    {
        (this.start, this.end, this.isLogarithmic) = (start, end, isLogarithmic);
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(CanShow).Select(Scale))
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }

        if (least > greatest)
        {
            (least, greatest) = (0, 1);
        }

        // A flat curve runs through the middle.
        var margin = greatest - least > Math.Max(1e-300, 1e-12 * Math.Max(Math.Abs(least), Math.Abs(greatest))) ? 0 : isLogarithmic ? 0.5 : Math.Max(Math.Abs(least) / 2, 0.5);
        (low, high) = (least - margin, greatest + margin);
    }

    /// <summary>Whether a number has a place.</summary>
    public bool CanShow(double value) => double.IsFinite(value) && (!isLogarithmic || value > 0);

    /// <summary>The pixel of a number. Differences are taken of halves, so that those of the largest numbers do not overflow.</summary>
    public double Place(double value) => start + (((Scale(value) / 2) - (low / 2)) / ((high / 2) - (low / 2)) * (end - start));

    /// <summary>Round numbers within the axis.</summary>
    /// <param name="wanted">About how many.</param>
    public IEnumerable<double> Ticks(int wanted)
    {
        var rough = Math.Max(((high / 2) - (low / 2)) / wanted * 2, double.Epsilon);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = rough / power < 1.5 ? power : rough / power < 3.5 ? 2 * power : rough / power < 7.5 ? 5 * power : 10 * power;
        step = isLogarithmic ? Math.Max(1, Math.Round(step)) : step;
        if (!double.IsFinite(step) || step == 0)
        {
            yield break;
        }

        for (var i = Math.Ceiling((low / step) - 1e-9); i <= (high / step) + 1e-9; i++)
        {
            // Adding 0 turns −0, which would be written so, into 0.
            yield return isLogarithmic ? Math.Pow(10, i * step) : (i * step) + 0.0;
        }
    }

    private double Scale(double value) => isLogarithmic ? Math.Log10(value) : value;
}
