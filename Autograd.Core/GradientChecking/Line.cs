namespace Autograd.GradientChecking;

/// <summary>A function along a line through a point: t ↦ f(x + t v), where v is the direction of one element, or a random one of many.</summary>
internal sealed class Line
{
    private readonly Func<Tensor[], double[]> function;
    private readonly Tensor[] inputs;
    private readonly Tensor?[] directions;
    private readonly int input = -1;
    private readonly int element;
    private readonly double[] point = [];
    private readonly Dictionary<double, (double, double[])> known = [];

    /// <summary>The line along one element of one input.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="input">The number of the input.</param>
    /// <param name="element">The number of the element.</param>
    /// <param name="point">The values of that input; changed and restored by <see cref="At"/>.</param>
    public Line(Func<Tensor[], double[]> function, Tensor[] inputs, int input, int element, double[] point)
    {
        (this.function, this.inputs, this.input, this.element, this.point) = (function, inputs, input, element, point);
        directions = [];
        (Size, Scale) = (Math.Abs(point[element]), Math.Max(1, Math.Abs(point[element])));
    }

    /// <summary>The line along <paramref name="directions"/>; null for an input that stays where it is.</summary>
    public Line(Func<Tensor[], double[]> function, Tensor[] inputs, Tensor?[] directions)
    {
        (this.function, this.inputs, this.directions) = (function, inputs, directions);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (directions[i] is not null && inputs[i].ElementCount > 0)
            {
                Size = Math.Max(Size, inputs[i].To(DType.Float64).Square().Mean().Sqrt().Item());
            }
        }

        Size = double.IsFinite(Size) ? Size : 1;
        Scale = Math.Max(1, Size);
    }

    /// <summary>The size of the numbers that move.</summary>
    public double Size { get; }

    /// <summary>The size of a step that changes the point by as much as it is large.</summary>
    public double Scale { get; }

    /// <summary>The values at <paramref name="t"/>, and the place that the point really moved to: its elements are rounded.</summary>
    public (double Place, double[] Values) At(double t)
    {
        if (!known.TryGetValue(t, out var sample))
        {
            known.Add(t, sample = Evaluate(t));
        }

        return sample;
    }

    /// <summary>The parallel line through a random point nearby, some <paramref name="distance"/> times max(1, |x|) away.</summary>
    public Line Near(Generator generator, double distance)
    {
        var moved = Array.ConvertAll(inputs, x => x.DType.IsFloatingPoint ? x + (Tensor.Randn(x.Shape, x.DType, generator: generator) * x.Abs().Maximum(1) * distance) : x);
        var unit = new Tensor?[inputs.Length];
        if (input >= 0)
        {
            unit[input] = Tensor.Zeros([point.Length], inputs[input].DType).With([element], 1).Reshape(inputs[input].Shape);
        }

        return new(function, moved, input >= 0 ? unit : directions);
    }

    private (double Place, double[] Values) Evaluate(double t)
    {
        Tensor[] moved = [.. inputs];
        if (input < 0)
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                moved[i] = directions[i] is { } direction ? inputs[i] + (direction * t) : inputs[i];
            }

            return (t, function(moved));
        }

        var original = point[element];
        point[element] = original + t;
        moved[input] = Tensor.From(point, [point.Length]).To(inputs[input].DType).Reshape(inputs[input].Shape);
        point[element] = original;
        return (moved[input].Flatten().Select(0, element).Item() - original, function(moved));
    }
}
