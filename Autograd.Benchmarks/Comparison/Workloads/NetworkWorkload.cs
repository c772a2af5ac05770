using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A network: its output in evaluation, or a training step (forward, loss, backward, optimizer).</summary>
internal sealed class NetworkWorkload : Workload
{
    private readonly bool backward;
    private readonly OptimizerChoice choice;
    private readonly Func<ComparedNetwork> make;
    private ComparedNetwork network = null!;
    private OrderedDictionary<string, Tensor> start = [];
    private Optimizer optimizer = null!;
    private Tensor output = null!;
    private Tensor loss = null!;

    public NetworkWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        var name = parameters.Choice("network", [.. ComparedNetwork.All.Keys], "");
        make = ComparedNetwork.All[name](parameters, DType);
        backward = parameters.Flag("backward");
        choice = new(parameters);
    }

    public override Cost Cost
    {
        get
        {
            var made = make();
            var summary = made.Module.Summary(() => made.Output());
            var touched = summary.Parameters + summary.Rows[0].Output?.ElementCount ?? 1;
            return backward
                ? new((6.0 * summary.MultiplyAdds) + (choice.Flops * summary.Parameters), Bytes((2.0 * touched) + (choice.Traffic * summary.Parameters)))
                : new(2.0 * summary.MultiplyAdds, Bytes(touched));
        }
    }

    public override void Setup()
    {
        network = make();
        start = network.Module.StateDictionary();
        string[] names = [.. network.Module.NamedParameters().Select(entry => entry.Key).Order(StringComparer.Ordinal)];
        for (var i = 0; i < names.Length; i++)
        {
            start[names[i]] = First(start[names[i]].Shape, names[i], phase: i + 1);
        }

        Reset();
    }

    public override void Reset()
    {
        network.Module.Train(backward);
        network.Module.LoadState(start);
        network.Module.ZeroGrad();
        optimizer = choice.Make(network.Module.Parameters());
    }

    public override void Step()
    {
        if (!backward)
        {
            using (Grad.Disabled())
            {
                output = network.Output();
                Force(output);
            }

            return;
        }

        output = network.Output();
        loss = network.Loss(output);
        optimizer.ZeroGrad();
        loss.Backward();
        optimizer.Step();
        Force(loss);
    }

    public override IEnumerable<(string Name, Tensor Value)> Results()
    {
        yield return ("output", output.Detach());
        if (backward)
        {
            yield return ("loss", loss.Detach());
            foreach (var (name, parameter) in network.Module.NamedParameters().OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                yield return ($"gradient of {name}", parameter.Grad!);
            }
        }
    }

    /// <summary>Weights in ±1/√inputs, scales around 1, biases around 0.</summary>
    private Tensor First(Shape shape, string name, int phase)
        => shape.Rank >= 2 ? Inputs.Numbers(shape, DType, phase, 1 / Math.Sqrt((double)shape.ElementCount / shape[0]))
            : Inputs.Numbers(shape, DType, phase, 0.1, name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
}
