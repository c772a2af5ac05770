namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>Pooling of square images: the greatest or the mean of each window, of a given size or as many as given.</summary>
internal sealed class PoolingWorkload : DifferentiatedWorkload
{
    private readonly int[] shape;
    private readonly string operation;
    private readonly int kernel;
    private readonly int stride;
    private readonly int padding;
    private Tensor x = null!;

    public PoolingWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        var size = parameters.Size("size");
        shape = [parameters.Size("batch"), parameters.Size("channels"), size, size];
        operation = parameters.Choice("operation", ["max", "average", "adaptiveMax", "adaptiveAverage"], "max");
        kernel = parameters.Size("kernel");
        stride = parameters.Size("stride", kernel);
        padding = (int)parameters.Number("padding", 0);
        parameters.Require(kernel <= size && padding <= kernel / 2, "\"kernel\" is at most the size, and \"padding\" at most half of it");
    }

    public override Cost Cost => Inputs.Count(shape) is var n && Backward ? new(2.0 * n, Bytes(2.0 * n)) : new(n, Bytes(n));

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        x = Leaf(shape, phase: 1);
        return [("x", x)];
    }

    protected override Tensor Formula() => operation switch
    {
        "max" => x.MaxPool2d(kernel, stride, padding),
        "average" => x.AvgPool2d(kernel, stride, padding),
        "adaptiveMax" => x.AdaptiveMaxPool2d(kernel),
        _ => x.AdaptiveAvgPool2d(kernel),
    };
}
