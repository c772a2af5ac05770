namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A two-dimensional convolution of square images with a square window, padded by half of the window.</summary>
internal sealed class ConvolutionWorkload : DifferentiatedWorkload
{
    private readonly int[] input;
    private readonly int[] window;
    private readonly int stride;
    private readonly int groups;
    private readonly string gradient;
    private Tensor x = null!;
    private Tensor w = null!;

    public ConvolutionWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        var (channels, size, kernel) = (parameters.Size("channels"), parameters.Size("size"), parameters.Size("kernel"));
        var outputs = parameters.Size("outputs", channels);
        stride = parameters.Size("stride", 1);
        groups = parameters.Size("groups", 1);
        gradient = parameters.Choice("gradient", ["none", "data", "weight"], "none");
        if (gradient != "none")
        {
            (Backward, GradientOnly) = (true, true);
        }

        parameters.Require(channels % groups == 0 && outputs % groups == 0, "\"groups\" divides the channels and the outputs");
        input = [parameters.Size("batch"), channels, size, size];
        window = [outputs, channels / groups, kernel, kernel];
    }

    public override Cost Cost
    {
        get
        {
            double places = ((input[2] - 1 + (2 * (window[2] / 2)) - (window[2] - 1)) / stride) + 1;
            var results = input[0] * window[0] * places * places;
            var flops = 2 * results * window[1] * window[2] * window[3];
            var touched = Inputs.Count(input) + Inputs.Count(window) + results;
            return Backward && !GradientOnly ? new(3 * flops, Bytes(2 * touched)) : new(flops, Bytes(touched));
        }
    }

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        (x, w) = (Leaf(input, phase: 1), Leaf(window, phase: 2));
        (x, w) = gradient switch { "data" => (x, w.Detach()), "weight" => (x.Detach(), w), _ => (x, w) };
        return gradient switch { "data" => [("x", x)], "weight" => [("w", w)], _ => [("x", x), ("w", w)] };
    }

    protected override Tensor Formula() => x.Conv2d(w, stride: stride, padding: window[2] / 2, groups: groups);
}
