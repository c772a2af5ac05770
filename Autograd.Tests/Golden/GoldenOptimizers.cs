using System.Text.Json;
using Autograd.Optim;

namespace Autograd.Tests.Golden;

/// <summary>The optimizers and schedules of the reference data, by their names and options there.</summary>
internal static class GoldenOptimizers
{
    /// <summary>The optimizer of a case: an option is looked for in its group first.</summary>
    public static Optimizer Create(string name, IReadOnlyList<Parameter> parameters, JsonElement group, JsonElement config)
    {
        JsonElement? Option(string option) => group.TryGetProperty(option, out var own) ? own : config.TryGetProperty(option, out var common) ? common : null;
        double Number(string option, double otherwise) => Option(option)?.GetDouble() ?? otherwise;
        int Count(string option, int otherwise) => Option(option)?.GetInt32() ?? otherwise;
        double Of(string option, int index, double otherwise) => Option(option)?[index].GetDouble() ?? otherwise;
        bool Flag(string option) => Option(option)?.GetBoolean() ?? false;
        var (b1, b2, decay) = (Of("betas", 0, 0.9), Of("betas", 1, 0.999), Number("weight_decay", 0));
        return name switch
        {
            "SGD" => new Sgd(parameters, Number("lr", 1e-3), Number("momentum", 0), Number("dampening", 0), decay, Flag("nesterov")) { Maximize = Flag("maximize") },
            "Adam" => new Adam(parameters, Number("lr", 1e-3), b1, b2, Number("eps", 1e-8), decay, Flag("amsgrad")),
            "AdamW" => new AdamW(parameters, Number("lr", 1e-3), b1, b2, Number("eps", 1e-8), Number("weight_decay", 1e-2), Flag("amsgrad")),
            "Adamax" => new Adamax(parameters, Number("lr", 2e-3), b1, b2, Number("eps", 1e-8), decay),
            "NAdam" => new NAdam(parameters, Number("lr", 2e-3), b1, b2, Number("eps", 1e-8), decay, Number("momentum_decay", 4e-3), Flag("decoupled_weight_decay")),
            "RAdam" => new RAdam(parameters, Number("lr", 1e-3), b1, b2, Number("eps", 1e-8), decay, Flag("decoupled_weight_decay")),
            "Adagrad" => new Adagrad(parameters, Number("lr", 1e-2), Number("lr_decay", 0), decay, Number("initial_accumulator_value", 0), Number("eps", 1e-10)),
            "Adadelta" => new Adadelta(parameters, Number("lr", 1), Number("rho", 0.9), Number("eps", 1e-6), decay),
            "RMSprop" => new RmsProp(parameters, Number("lr", 1e-2), Number("alpha", 0.99), Number("eps", 1e-8), decay, Number("momentum", 0), Flag("centered")),
            "Rprop" => new Rprop(parameters, Number("lr", 1e-2), Of("etas", 0, 0.5), Of("etas", 1, 1.2), Of("step_sizes", 0, 1e-6), Of("step_sizes", 1, 50)),
            "ASGD" => new Asgd(parameters, Number("lr", 1e-2), Number("lambd", 1e-4), Number("alpha", 0.75), Number("t0", 1e6), decay),
            "LBFGS" => new Lbfgs(parameters, Number("lr", 1), Count("max_iter", 20), historySize: Count("history_size", 100), strongWolfe: Option("line_search_fn")?.GetString() == "strong_wolfe"),
            _ => throw new NotSupportedException($"An optimizer of the reference data that the library does not have: {name}."),
        };
    }

    /// <summary>The schedule of a case.</summary>
    public static Schedule ScheduleOf(string name, JsonElement config)
    {
        double Number(string option, double otherwise) => config.TryGetProperty(option, out var value) ? value.GetDouble() : otherwise;
        int Count(string option, int otherwise) => config.TryGetProperty(option, out var value) ? value.GetInt32() : otherwise;
        string Text(string option) => config.TryGetProperty(option, out var value) ? value.GetString()! : string.Empty;
        int[] Milestones() => [.. config.GetProperty("milestones").EnumerateArray().Select(value => value.GetInt32())];
        return name switch
        {
            "StepLR" => Schedule.Step(Count("step_size", 1), Number("gamma", 0.1)),
            "MultiStepLR" => Schedule.MultiStep(Milestones(), Number("gamma", 0.1)),
            "ExponentialLR" => Schedule.Exponential(Number("gamma", 0.1)),
            "ConstantLR" => Schedule.Constant(Number("factor", 1.0 / 3), Count("total_iters", 5)),
            "LinearLR" => Schedule.Linear(Number("start_factor", 1.0 / 3), Number("end_factor", 1), Count("total_iters", 5)),
            "PolynomialLR" => Schedule.Polynomial(Count("total_iters", 5), Number("power", 1)),
            "CosineAnnealingLR" => Schedule.CosineAnnealing(Count("T_max", 1), Number("eta_min", 0)),
            "CosineAnnealingWarmRestarts" => Schedule.CosineAnnealingWarmRestarts(Count("T_0", 1), Count("T_mult", 1), Number("eta_min", 0)),
            "OneCycleLR" => Schedule.OneCycle(Number("max_lr", 1), Count("total_steps", 1), Number("pct_start", 0.3), Text("anneal_strategy") == "linear", threePhase: config.TryGetProperty("three_phase", out var three) && three.GetBoolean()),
            "CyclicLR" => Schedule.Cyclic(
                Number("base_lr", 0), Number("max_lr", 1), Count("step_size_up", 2000), Count("step_size_down", Count("step_size_up", 2000)), Text("mode") == "triangular2" ? cycle => Math.Pow(2, 1 - cycle) : null, Text("mode") == "exp_range" ? Number("gamma", 1) : 1),
            "SequentialLR" => Schedule.Sequential([.. config.GetProperty("schedulers").EnumerateArray().Select(entry => ScheduleOf(entry[0].GetString()!, entry[1]))], Milestones()),
            _ => throw new NotSupportedException($"A schedule of the reference data that the library does not have: {name}."),
        };
    }
}
