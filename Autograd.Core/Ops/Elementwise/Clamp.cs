namespace Autograd;

public partial class Tensor
{
    /// <summary>min(max(x, <paramref name="min"/>), <paramref name="max"/>), elementwise; either bound may be left out, and NaN as a bound gives NaN. The derivative is 1 from bound to bound, both included, and 0 outside.</summary>
    /// <param name="min">The least result.</param>
    /// <param name="max">The greatest result; it wins where it is below <paramref name="min"/>.</param>
    /// <exception cref="ArgumentException">There is no bound.</exception>
    public Tensor Clamp(Scalar? min = null, Scalar? max = null)
    {
        if (min is null && max is null)
        {
            throw new ArgumentException("Clamp: there is no bound; give min, max, or both.", nameof(min));
        }

        if ((min is { } least && double.IsNaN(least.ToDouble())) || (max is { } greatest && double.IsNaN(greatest.ToDouble())))
        {
            return this * double.NaN;
        }

        var y = Captured;
        y = min is { } low ? Where(y < low, low, y) : y;
        return max is { } high ? Where(y > high, high, y) : y;
    }

    /// <summary>min(max(x, <paramref name="min"/>), <paramref name="max"/>), elementwise with broadcasting; NaN where any of them is. Where a bound holds, the gradient flows to the bound; where it is equal to x, half to each.</summary>
    /// <param name="min">The least results; null for none.</param>
    /// <param name="max">The greatest results; null for none.</param>
    /// <exception cref="ArgumentException">There is no bound.</exception>
    public Tensor Clamp(Tensor? min, Tensor? max)
    {
        if (min is null && max is null)
        {
            throw new ArgumentException("Clamp: there is no bound; give min, max, or both.", nameof(min));
        }

        var y = min is null ? Captured : Maximum(min);
        return max is null ? y : y.Minimum(max);
    }
}
