namespace Autograd.Optim.SecondOrder;

/// <summary>A search along a line for a step that meets the strong Wolfe conditions f(t) ≤ f(0) + c₁ t f'(0) and |f'(t)| ≤ c₂ |f'(0)|
/// (Nocedal, Wright, "Numerical optimization", 2006, algorithms 3.5 and 3.6, with the safeguards of Schmidt's minFunc, 2005).</summary>
/// <param name="evaluate">The objective at a step t.</param>
/// <param name="sufficientDecrease">c₁.</param>
/// <param name="curvature">c₂.</param>
/// <param name="toleranceChange">The least change of an element that is worth a search.</param>
/// <param name="directionScale">The largest element of the direction.</param>
internal sealed class StrongWolfe(Func<double, LinePoint> evaluate, double sufficientDecrease, double curvature, double toleranceChange, double directionScale)
{
    private const int MaxSearches = 25;

    /// <summary>How often the objective was evaluated.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The step that was found; the best one seen if none meets the conditions.</summary>
    /// <param name="start">The point at t = 0, where the line descends.</param>
    /// <param name="first">The step to be tried first.</param>
    public LinePoint Search(LinePoint start, double first)
    {
        var (a, b) = Bracket(start, At(first));
        return ReferenceEquals(a, b) ? a : Zoom(start, a, b);
    }

    /// <summary>Goes on in growing steps until an interval contains a good point, or has found one (then both ends are it).</summary>
    private (LinePoint A, LinePoint B) Bracket(LinePoint start, LinePoint point)
    {
        var former = start;
        for (var search = 0; search < MaxSearches; search++)
        {
            if (!Decreases(start, point) || (search > 1 && point.Loss >= former.Loss))
            {
                return (former, point);
            }

            if (IsFlat(start, point))
            {
                return (point, point);
            }

            if (point.Slope >= 0)
            {
                return (former, point);
            }

            var next = Minimum(former, point, point.Step + (0.01 * (point.Step - former.Step)), point.Step * 10);
            (former, point) = (point, At(next));
        }

        return (start, point);
    }

    /// <summary>Shrinks an interval to a good point.</summary>
    private LinePoint Zoom(LinePoint start, LinePoint a, LinePoint b)
    {
        var (low, high) = a.Loss <= b.Loss ? (a, b) : (b, a);
        var isStuck = false;
        while (Evaluations <= MaxSearches && Math.Abs(high.Step - low.Step) * directionScale >= toleranceChange)
        {
            var (least, most) = (Math.Min(low.Step, high.Step), Math.Max(low.Step, high.Step));
            var step = Minimum(low, high, least, most);

            // A step too near an end twice in a row, or beyond it, is moved inwards: else the interval might never shrink.
            var margin = 0.1 * (most - least);
            var isNear = Math.Min(most - step, step - least) < margin;
            if (isNear && (isStuck || step >= most || step <= least))
            {
                step = Math.Abs(step - most) < Math.Abs(step - least) ? most - margin : least + margin;
                isNear = false;
            }

            isStuck = isNear;
            var point = At(step);
            if (!Decreases(start, point) || point.Loss >= low.Loss)
            {
                (low, high) = low.Loss <= point.Loss ? (low, point) : (point, low);
            }
            else if (IsFlat(start, point))
            {
                return point;
            }
            else
            {
                (low, high) = (point, point.Slope * (high.Step - low.Step) >= 0 ? low : high);
            }
        }

        return low;
    }

    private LinePoint At(double step)
    {
        Evaluations++;
        return evaluate(step);
    }

    private bool Decreases(LinePoint start, LinePoint point) => point.Loss <= start.Loss + (sufficientDecrease * point.Step * start.Slope);

    private bool IsFlat(LinePoint start, LinePoint point) => Math.Abs(point.Slope) <= -curvature * start.Slope;

    /// <summary>Where the cubic through two points with their slopes has its minimum, between two bounds (Nocedal, Wright, equation 3.59).</summary>
    private static double Minimum(LinePoint p, LinePoint q, double least, double most)
    {
        var (a, b) = p.Step <= q.Step ? (p, q) : (q, p);
        var d1 = p.Slope + q.Slope - (3 * (p.Loss - q.Loss) / (p.Step - q.Step));
        var square = (d1 * d1) - (p.Slope * q.Slope);
        if (!(square >= 0))
        {
            return (least + most) / 2;
        }

        var d2 = Math.Sqrt(square);
        var place = b.Step - ((b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))));
        return Math.Min(Math.Max(place, least), most);
    }
}
