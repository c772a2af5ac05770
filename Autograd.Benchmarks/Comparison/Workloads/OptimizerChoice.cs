using Autograd.Optim;

namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>The optimizer that a workload names, with its settings.</summary>
internal sealed class OptimizerChoice
{
    /// <summary>Arithmetic for each parameter element in one step, and tensors of its size that are kept as state.</summary>
    private static readonly Dictionary<string, (int Flops, int States)> Costs = new(StringComparer.Ordinal)
    {
        ["adam"] = (14, 2),
        ["sgd"] = (2, 0),
        ["adamw"] = (15, 2),
        ["adamax"] = (10, 2),
        ["nadam"] = (17, 2),
        ["radam"] = (14, 2),
        ["adagrad"] = (7, 1),
        ["adadelta"] = (15, 2),
        ["rmsprop"] = (9, 1),
        ["rprop"] = (12, 2),
        ["asgd"] = (8, 1),
        ["adafactor"] = (14, 1),
    };

    private readonly string name;
    private readonly double momentum;
    private readonly double weightDecay;

    public OptimizerChoice(WorkloadParameters parameters)
    {
        name = parameters.Choice("optimizer", [.. Costs.Keys], "adam");
        LearningRate = parameters.Number("learningRate", 1e-3);
        momentum = parameters.Number("momentum", 0);
        weightDecay = parameters.Number("weightDecay", 0);
        parameters.Require(name is "sgd" or "rmsprop" || momentum == 0, $"\"momentum\" belongs to \"sgd\" and \"rmsprop\"; \"{name}\" has its own or none");
        parameters.Require(name != "rprop" || weightDecay == 0, "\"rprop\" has no \"weightDecay\"");
        parameters.Choice("peer", ["default", "foreach", "fused"], "default");
    }

    public double LearningRate { get; }

    /// <summary>Arithmetic for each parameter element in one step.</summary>
    public double Flops => Costs[name].Flops + (momentum == 0 ? 0 : 2) + (weightDecay == 0 ? 0 : 2);

    /// <summary>Elements read and written for each parameter element, the gradient apart: θ, and each tensor of the state.</summary>
    public double Traffic => 2 + (2 * Costs[name].States) + (momentum == 0 ? 0 : 2);

    public Optimizer Make(IEnumerable<Parameter> parameters) => name switch
    {
        "sgd" => new Sgd(parameters, LearningRate, momentum, weightDecay: weightDecay),
        "adamw" => new AdamW(parameters, LearningRate, weightDecay: weightDecay),
        "adamax" => new Adamax(parameters, LearningRate, weightDecay: weightDecay),
        "nadam" => new NAdam(parameters, LearningRate, weightDecay: weightDecay),
        "radam" => new RAdam(parameters, LearningRate, weightDecay: weightDecay),
        "adagrad" => new Adagrad(parameters, LearningRate, weightDecay: weightDecay),
        "adadelta" => new Adadelta(parameters, LearningRate, weightDecay: weightDecay),
        "rmsprop" => new RmsProp(parameters, LearningRate, momentum: momentum, weightDecay: weightDecay),
        "rprop" => new Rprop(parameters, LearningRate),
        "asgd" => new Asgd(parameters, LearningRate, weightDecay: weightDecay),
        "adafactor" => new Adafactor(parameters, LearningRate, weightDecay: weightDecay),
        _ => new Adam(parameters, LearningRate, weightDecay: weightDecay),
    };
}
