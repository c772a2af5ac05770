using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A training step of a perceptron: forward, cross-entropy, backward, optimizer.</summary>
internal sealed class PerceptronWorkload : Workload
{
    private readonly int[] sizes;
    private readonly int batch;
    private readonly bool tanh;
    private readonly double dropout;
    private readonly double penalty;
    private readonly bool isCheck;
    private readonly OptimizerChoice choice;
    private Sequential model = [];
    private Tensor[] starts = [];
    private Parameter[] parameters = [];
    private Optimizer optimizer = null!;
    private Tensor inputs = null!;
    private Tensor targets = null!;
    private Tensor loss = null!;

    public PerceptronWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        sizes = parameters.Shape("sizes");
        parameters.Require(sizes.Length >= 2, "\"sizes\" names the units of at least two layers, input and output");
        batch = parameters.Size("batch");
        tanh = parameters.Choice("activation", ["relu", "tanh"], "relu") == "tanh";
        dropout = parameters.Number("dropout", 0);
        parameters.Require(dropout < 1, "\"dropout\" is below 1");
        penalty = parameters.Number("l2Penalty", 0);
        isCheck = parameters.IsCheck;
        choice = new(parameters);
    }

    public override Cost Cost
    {
        get
        {
            double weights = 0, units = 0;
            for (var i = 1; i < sizes.Length; i++)
            {
                weights += (double)sizes[i] * sizes[i - 1];
                units += sizes[i];
            }

            // Three products a layer (value, gradient of the weights, gradient of the input), but two at the first.
            var products = 2 * batch * ((3 * weights) - ((double)sizes[0] * sizes[1]));
            return new(products + (choice.Flops * (weights + units)), Bytes((choice.Traffic * (weights + units)) + ((double)batch * sizes[0])));
        }
    }

    public override void Setup()
    {
        starts = [.. Inputs.Weights(sizes, DType)];
        inputs = Inputs.Numbers([batch, sizes[0]], DType, phase: 1000);
        targets = Inputs.Classes(batch, sizes[^1], phase: 1001);
        Reset();
    }

    public override void Reset()
    {
        model = Model();
        if (isCheck)
        {
            // The masks of two generators differ; what can be compared is the network without them.
            model.Eval();
        }

        parameters = [.. model.Parameters()];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i].Assign(starts[i]);
        }

        optimizer = choice.Make(parameters);
    }

    public override void Step()
    {
        loss = Loss.CrossEntropy(model.Forward(inputs), targets);
        if (penalty > 0)
        {
            loss += Loss.L2Penalty(parameters, penalty);
        }

        optimizer.ZeroGrad();
        loss.Backward();
        optimizer.Step();
        Force(loss);
    }

    public override IEnumerable<(string Name, Tensor Value)> Results()
    {
        yield return ("loss", loss.Detach());
        for (var i = 0; i < parameters.Length; i++)
        {
            yield return ($"gradient of {i}", parameters[i].Grad!);
            yield return ($"change of {i}, in units of the learning rate", (parameters[i].Detach() - starts[i]) / choice.LearningRate);
        }
    }

    private Sequential Model()
    {
        var generator = new Generator(0);
        var layers = new Sequential();
        for (var i = 1; i < sizes.Length; i++)
        {
            layers.Add(new Linear(sizes[i - 1], sizes[i], generator: generator, dtype: DType));
            if (i == sizes.Length - 1)
            {
                break;
            }

            layers.Add(tanh ? new Tanh() : new Relu());
            if (dropout > 0)
            {
                layers.Add(new Dropout(dropout, generator));
            }
        }

        return layers;
    }
}
