namespace Autograd.GradientChecking;

/// <summary>Compares the tape with central differences for one function at one point.</summary>
internal sealed class CentralDifference
{
    // The unit roundoff of Float64 and of Float32.
    private const double DoubleRounding = 1.1102230246251565e-16;
    private const double SingleRounding = 5.9604644775390625e-08;

    private readonly Tensor[] inputs;
    private readonly string[] names;
    private readonly GradCheckOptions options;
    private readonly double rounding;

    public CentralDifference(Tensor[] inputs, string[] names, GradCheckOptions options)
    {
        this.inputs = Array.ConvertAll(inputs, input => input.Detach());
        this.names = names;
        this.options = options;
        rounding = Array.Exists(inputs, input => input.DType == DType.Float32) ? SingleRounding : DoubleRounding;
    }

    /// <summary>All comparisons, of the first order and, if asked for, of the second.</summary>
    public List<GradCheckEntry> Run(Func<Tensor[], Tensor> function)
    {
        var generator = new Generator(options.Seed);
        var entries = new List<GradCheckEntry>();
        Tensor Projected(Tensor[] x) => Project(function(x), new Generator(options.Seed));
        Check(Projected, order: 1, entries);
        if (options.Order == 2)
        {
            Tensor[] directions = Array.ConvertAll(inputs, input => input.DType.IsFloatingPoint ? Tensor.Randn(input.Shape, input.DType, generator: generator) : input);
            Check(x => SlopeAlong(directions, x, Projected), order: 2, entries);
        }

        return entries;
    }

    /// <summary>Σ w·y for a fixed random w, so that every element of an output counts.</summary>
    private static Tensor Project(Tensor y, Generator generator)
        => y.ElementCount == 1 ? y.Reshape([]) : (y * Tensor.Randn(y.Shape, y.DType, generator: generator)).Sum();

    /// <summary>The derivative of a function along some directions: what is differentiated again for the second order.</summary>
    private static Tensor SlopeAlong(Tensor[] directions, Tensor[] x, Func<Tensor[], Tensor> function)
    {
        using var recording = Grad.Enabled();
        Tensor[] leaves = Array.ConvertAll(x, input => input.DType.IsFloatingPoint && !input.RequiresGrad ? input.AsLeaf() : input);
        var gradients = Gradients(function(leaves), leaves, createGraph: true);
        Tensor? slope = null;
        for (var i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient)
            {
                var term = (gradient * directions[i]).Sum();
                slope = slope is null ? term : slope + term;
            }
        }

        return slope!;
    }

    private static Tensor?[] Gradients(Tensor y, Tensor[] x, bool createGraph)
    {
        Tensor[] wanted = [.. x.Where(input => input.DType.IsFloatingPoint)];
        var found = Differentiate.Gradients(y, wanted, createGraph: createGraph, allowUnused: true);
        var results = new Tensor?[x.Length];
        for (int i = 0, next = 0; i < x.Length; i++)
        {
            results[i] = x[i].DType.IsFloatingPoint ? found[next++] : null;
        }

        return results;
    }

    private void Check(Func<Tensor[], Tensor> function, int order, List<GradCheckEntry> entries)
    {
        var (value, analytic) = ValueAndGradients(function);
        if (order == 1 && double.IsNaN(value))
        {
            throw new ArgumentException("GradCheck: the function's value is NaN at this point, so that every difference would be, too. Check where it has a value.", nameof(function));
        }

        if (!function(inputs).Item().Equals(value))
        {
            throw new ArgumentException(
                "GradCheck: the function gives another result when it is called again at the same point, so that differences mean nothing. " +
                "Seed its random numbers (Generator.Seed) inside the function, or switch dropout off (model.Eval()).",
                nameof(function));
        }

        for (var i = 0; i < inputs.Length; i++)
        {
            if (analytic[i] is { } gradient)
            {
                CheckInput(function, order, i, value, gradient.To(DType.Float64).ToArray<double>(), entries);
            }
        }
    }

    private (double Value, Tensor?[] Gradients) ValueAndGradients(Func<Tensor[], Tensor> function)
    {
        using var recording = Grad.Enabled();
        Tensor[] leaves = Array.ConvertAll(inputs, input => input.DType.IsFloatingPoint ? input.AsLeaf() : input);
        var y = function(leaves);
        return (y.Item(), Gradients(y, leaves, createGraph: false));
    }

    private void CheckInput(Func<Tensor[], Tensor> function, int order, int input, double value, double[] analytic, List<GradCheckEntry> entries)
    {
        var dtype = inputs[input].DType;
        var shape = inputs[input].Shape;
        var point = inputs[input].To(DType.Float64).ToArray<double>();
        for (var k = 0; k < point.Length; k++)
        {
            var step = (options.Step ?? Math.Cbrt(rounding)) * Math.Max(1, Math.Abs(point[k]));
            var (ahead, above) = ValueAt(function, input, point, k, step, dtype, shape);
            var (behind, below) = ValueAt(function, input, point, k, -step, dtype, shape);
            var numeric = (above - below) / (ahead - behind);
            var scale = Math.Max(Math.Abs(analytic[k]), Math.Abs(numeric));
            var noise = 16 * rounding * Math.Max(Math.Abs(value), Math.Max(Math.Abs(above), Math.Abs(below))) / step;
            var tolerance = options.AbsoluteTolerance + (options.RelativeTolerance * (double.IsFinite(scale) ? scale : 0)) + (double.IsFinite(noise) ? noise : 0);
            entries.Add(new(order, names[input], Coordinates(k, shape), analytic[k], numeric, tolerance));
        }
    }

    /// <summary>The function's value where one element is moved by a step, and the place that the element really moved to.</summary>
    private (double Place, double Value) ValueAt(Func<Tensor[], Tensor> function, int input, double[] point, int k, double step, DType dtype, Shape shape)
    {
        var original = point[k];
        point[k] = original + step;
        Tensor[] moved = [.. inputs];
        moved[input] = Tensor.From(point, [point.Length]).To(dtype).Reshape(shape);
        point[k] = original;
        return (moved[input].Flatten().Select(0, k).Item(), function(moved).Item());
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
