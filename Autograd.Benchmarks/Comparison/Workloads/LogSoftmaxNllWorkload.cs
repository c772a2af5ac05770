using Autograd.NN;

namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>The mean negative log-likelihood of the log-softmax of rows of logits.</summary>
internal sealed class LogSoftmaxNllWorkload : DifferentiatedWorkload
{
    private readonly int[] shape;
    private Tensor x = null!;
    private Tensor target = null!;

    public LogSoftmaxNllWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        shape = parameters.Shape("shape", rank: 2);
        parameters.PeerVariant();
    }

    // Value: maximum, difference, exponential, sum; gradient: (softmax − one-hot)/n.
    public override Cost Cost => Inputs.Count(shape) is var n && Backward
        ? new((Cost.Transcendental + 6) * n, Bytes(2.0 * n))
        : new((Cost.Transcendental + 3) * n, Bytes(n));

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        x = Leaf(shape, phase: 1, scale: 4);
        target = Inputs.Classes(shape[0], shape[1], phase: 2);
        return [("x", x)];
    }

    protected override Tensor Formula() => Loss.NegativeLogLikelihood(x.LogSoftmax(1), target);
}
