using Autograd.Optim;

namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>The optimizer that a workload names, with its settings.</summary>
internal sealed class OptimizerChoice
{
    private readonly bool adam;
    private readonly double momentum;
    private readonly double weightDecay;

    public OptimizerChoice(WorkloadParameters parameters)
    {
        adam = parameters.Choice("optimizer", ["adam", "sgd"], "adam") == "adam";
        LearningRate = parameters.Number("learningRate", 1e-3);
        momentum = parameters.Number("momentum", 0);
        weightDecay = parameters.Number("weightDecay", 0);
        parameters.Require(!adam || momentum == 0, "\"momentum\" belongs to \"sgd\"; \"adam\" has its own");
        parameters.Choice("peer", ["default", "fused"], "default");
    }

    public double LearningRate { get; }

    /// <summary>Arithmetic for each parameter element in one step.</summary>
    public double Flops => (adam ? 14 : momentum == 0 ? 2 : 4) + (weightDecay == 0 ? 0 : 2);

    /// <summary>Elements read and written for each parameter element, the gradient apart: θ, and the state m, v or the velocity.</summary>
    public double Traffic => adam ? 6 : momentum == 0 ? 2 : 4;

    public Optimizer Make(IEnumerable<Parameter> parameters) => adam
        ? new Adam(parameters, LearningRate, weightDecay: weightDecay)
        : new Sgd(parameters, LearningRate, momentum, weightDecay: weightDecay);
}
