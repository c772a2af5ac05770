using Autograd.Optim;

namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>An optimizer's step on <c>tensors</c> parameters of <c>count</c> elements each, with gradients that stay.</summary>
internal sealed class OptimizerWorkload : Workload
{
    private readonly int tensors;
    private readonly int count;
    private readonly OptimizerChoice choice;
    private Tensor[] starts = [];
    private Tensor[] gradients = [];
    private Parameter[] parameters = [];
    private Optimizer optimizer = null!;

    public OptimizerWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        tensors = parameters.Size("tensors", 1);
        count = parameters.Size("count");
        choice = new(parameters);
    }

    public override Cost Cost => (double)tensors * count is var n ? new(choice.Flops * n, Bytes((choice.Traffic + 1) * n)) : default;

    public override void Setup()
    {
        starts = [.. Enumerable.Range(0, tensors).Select(i => Inputs.Numbers([count], DType, phase: 2 * i))];
        gradients = [.. Enumerable.Range(0, tensors).Select(i => Inputs.Numbers([count], DType, phase: (2 * i) + 1))];
        Reset();
    }

    public override void Reset()
    {
        parameters = [.. starts.Select(start => new Parameter(start))];
        for (var i = 0; i < tensors; i++)
        {
            // d(Σ θ)/dθ = 1, times the gradient that is wanted.
            parameters[i].Backward(gradients[i]);
        }

        optimizer = choice.Make(parameters);
    }

    public override void Step() => optimizer.Step();

    public override IEnumerable<(string Name, Tensor Value)> Results()
        => parameters.Select((parameter, i) => ($"change of {i}, in units of the learning rate", (parameter.Detach() - starts[i]) / choice.LearningRate));
}
