namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A numerical gradient check of a perceptron with tanh units and the mean of squares as its loss, with respect to all its parameters.</summary>
internal sealed class GradientCheckWorkload : Workload
{
    private readonly int[] sizes;
    private readonly int batch;
    private Tensor input = null!;
    private Tensor[] weights = [];
    private GradCheckReport report = null!;

    public GradientCheckWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        sizes = parameters.Shape("sizes");
        parameters.Require(sizes.Length >= 2, "\"sizes\" names the units of at least two layers, input and output");
        parameters.Require(DType == DType.Float64, "a gradient check needs the dtype \"float64\"");
        batch = parameters.Size("batch");
    }

    public override Cost Cost
    {
        get
        {
            double elements = 0, flops = 0;
            for (var i = 1; i < sizes.Length; i++)
            {
                elements += (double)sizes[i] * (sizes[i - 1] + 1);
                flops += batch * sizes[i] * ((2.0 * sizes[i - 1]) + 1 + Cost.Transcendental);
            }

            // Two values for each element, and a forward and backward pass.
            return new(((2 * elements) + 3) * flops, Bytes(2 * elements));
        }
    }

    public override void Setup()
    {
        input = Inputs.Numbers([batch, sizes[0]], DType, phase: 1000);
        weights = [.. Inputs.Weights(sizes, DType)];
    }

    public override void Step() => report = GradCheck.Compare(Loss, weights);

    public override IEnumerable<(string Name, Tensor Value)> Results()
    {
        yield return ("all derivatives agree", Tensor.From([report.IsCorrect ? 1.0 : 0.0]));
        var entries = report.Entries.ToLookup(entry => entry.Input, StringComparer.Ordinal);
        for (var i = 0; i < weights.Length; i++)
        {
            var shape = weights[i].Shape;
            var gradient = new double[weights[i].ElementCount];
            foreach (var entry in entries[$"{i}"])
            {
                gradient[entry.Index.Zip(shape.ToArray()).Aggregate(0, (place, axis) => (place * axis.Second) + axis.First)] = entry.Analytic;
            }

            yield return ($"gradient of {i}", Tensor.From(gradient, shape));
        }
    }

    private Tensor Loss(Tensor[] w)
    {
        var x = input;
        for (var i = 0; i < w.Length; i += 2)
        {
            x = x.MatMul(w[i].T) + w[i + 1];
            x = i + 2 < w.Length ? x.Tanh() : x;
        }

        return x.Square().Mean();
    }
}
