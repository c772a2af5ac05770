using Autograd.Optim;

namespace Autograd.Tests.Optim;

/// <summary>Every optimizer of the library, in all its forms.</summary>
internal static class OptimizerCatalogue
{
    private static readonly (string Name, Func<IReadOnlyList<Parameter>, Optimizer> Make)[] Rows =
    [
        ("Sgd", p => new Sgd(p, 0.05)),
        ("Sgd, momentum", p => new Sgd(p, 0.02, momentum: 0.9, weightDecay: 0.01)),
        ("Sgd, Nesterov", p => new Sgd(p, 0.02, momentum: 0.9, nesterov: true)),
        ("Sgd, averaging, decoupled", p => new Sgd(p, 0.1, momentum: 0.9, averaging: true, weightDecay: 0.01, decoupledWeightDecay: true)),
        ("Adam", p => new Adam(p, 0.05, weightDecay: 0.01)),
        ("Adam, AMSGrad", p => new Adam(p, 0.05, amsgrad: true)),
        ("Adam, epsilon inside", p => new Adam(p, 0.05, epsilonInside: true)),
        ("AdamW", p => new AdamW(p, 0.05)),
        ("Adamax", p => new Adamax(p, 0.05)),
        ("NAdam", p => new NAdam(p, 0.05)),
        ("RAdam", p => new RAdam(p, 0.05)),
        ("Adagrad", p => new Adagrad(p, 0.2)),
        ("Adadelta", p => new Adadelta(p, epsilon: 1e-3)),
        ("RmsProp", p => new RmsProp(p, 0.02)),
        ("RmsProp, centred, momentum", p => new RmsProp(p, 0.005, momentum: 0.9, centered: true)),
        ("RmsProp, Nesterov", p => new RmsProp(p, 0.005, momentum: 0.9, nesterov: true)),
        ("Rprop", p => new Rprop(p, 0.05)),
        ("Lion", p => new Lion(p, 0.02)),
        ("Lamb", p => new Lamb(p, 0.05)),
        ("Adafactor", p => new Adafactor(p, 0.1)),
        ("Asgd", p => new Asgd(p, 0.05, t0: 3)),
        ("Lookahead", p => new Lookahead(new Adam(p, 0.1), period: 3)),
        ("groups", p => new OptimizerGroups(new Sgd([p[0]], 0.05, momentum: 0.5), new Adam([.. p.Skip(1)], 0.05))),
        ("Lbfgs", p => new Lbfgs(p, 0.1, maxIterations: 2, historySize: 3)),
        ("Lbfgs, line search", p => new Lbfgs(p, maxIterations: 2, historySize: 3, strongWolfe: true)),
        ("Bfgs", p => new Bfgs(p, maxIterations: 2)),
        ("ConjugateGradients", p => new ConjugateGradients(p, maxIterations: 2)),
    ];

    public static IEnumerable<string> Names => Rows.Select(row => row.Name);

    /// <summary>Those that take a gradient as it is and need no function.</summary>
    public static IEnumerable<string> OfFormulas => Names.Take(23);

    /// <summary>Those whose steps can be recorded.</summary>
    public static IEnumerable<string> Recorded => Names.Take(21);

    public static Optimizer Make(string name, IReadOnlyList<Parameter> parameters) => Rows.First(row => row.Name == name).Make(parameters);
}
