using Autograd.Optim;

namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>An optimizer's step on <c>tensors</c> parameters of <c>count</c> elements each, vectors or matrices of <c>columns</c>, with gradients that stay.</summary>
internal sealed class OptimizerWorkload : Workload
{
    private readonly int tensors;
    private readonly int count;
    private readonly int[] shape;
    private readonly bool isCheck;
    private readonly OptimizerChoice choice;
    private Tensor[] starts = [];
    private Tensor[] gradients = [];
    private Parameter[] parameters = [];
    private Optimizer optimizer = null!;
    private int step;

    public OptimizerWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        tensors = parameters.Size("tensors", 1);
        count = parameters.Size("count");
        var columns = parameters.Size("columns", count);
        parameters.Require(count % columns == 0, $"\"count\" is a multiple of \"columns\", not {count} of {columns}");
        shape = columns == count ? [count] : [count / columns, columns];
        isCheck = parameters.IsCheck;
        choice = new(parameters);
    }

    public override Cost Cost => (double)tensors * count is var n ? new(choice.Flops * n, Bytes((choice.Traffic + 1) * n)) : default;

    public override void Setup()
    {
        starts = [.. Enumerable.Range(0, tensors).Select(i => Inputs.Numbers(shape, DType, phase: 2 * i))];
        gradients = [.. Enumerable.Range(0, tensors).Select(i => Inputs.Numbers(shape, DType, phase: (2 * i) + 1))];
        Reset();
    }

    public override void Reset()
    {
        parameters = [.. starts.Select(start => new Parameter(start))];
        optimizer = choice.Make(parameters);
        step = 0;
        SetGradients(1);
    }

    public override void Step()
    {
        if (isCheck)
        {
            // With gradients that stay, Adam's step is ±1 in units of the learning rate, whatever its β.
            SetGradients(++step);
        }

        optimizer.Step();
    }

    public override IEnumerable<(string Name, Tensor Value)> Results()
        => parameters.Select((parameter, i) => ($"change of {i}, in units of the learning rate", (parameter.Detach() - starts[i]) / choice.LearningRate));

    private void SetGradients(double factor)
    {
        for (var i = 0; i < tensors; i++)
        {
            parameters[i].ZeroGrad();
            parameters[i].Backward(gradients[i] * factor);
        }
    }
}
