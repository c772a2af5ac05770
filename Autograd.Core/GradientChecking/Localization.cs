namespace Autograd.GradientChecking;

/// <summary>Finds the first recorded operation that is wrong on its own, with the values it had.</summary>
internal sealed class Localization(GradCheckOptions options)
{
    private const int LargestComplete = 256;

    public GradCheckLocation Find(Subject subject, int order)
    {
        using var recording = Grad.Enabled();
        List<LoggedOperation> operations;
        Tensor[] outputs;
        using (var log = new OperationLog())
        {
            outputs = subject.Outputs(Subject.Leaves(subject.Inputs));
            operations = log.Operations;
        }

        // All rules are asked before any operation is computed again: one may read what the last computation left behind.
        Claim[] claims = [.. operations.Select(operation => Claim.Of(operation, options.Seed))];
        GC.KeepAlive(outputs);
        var kinks = new List<string>();
        for (var i = 0; i < operations.Count; i++)
        {
            var report = claims[i].Failure is null ? Check(operations[i], claims[i], order) : null;
            if (report is not { IsCorrect: true })
            {
                var site = operations[i].Site;
                return new(operations.Count, kinks)
                {
                    Operation = operations[i].Operation.Name,
                    Place = i,
                    Inputs = operations[i].Inputs,
                    File = site?.File,
                    Line = site?.Line ?? 0,
                    Method = site?.Method,
                    Report = report,
                    Failure = claims[i].Failure,
                };
            }

            if (report.Entries.Any(entry => entry.Verdict is GradCheckVerdict.Kink or GradCheckVerdict.Jump) && !kinks.Contains(operations[i].Operation.Name))
            {
                kinks.Add(operations[i].Operation.Name);
            }
        }

        return new(operations.Count, kinks);
    }

    /// <summary>The first order compares what the recorded operation said, the second what a copy of it says.</summary>
    private GradCheckReport Check(LoggedOperation logged, Claim claim, int order)
    {
        var alone = options with { Order = order, Localize = false, Jacobian = false, Progress = null, TimeBudget = null, Resamples = 0, AllowFloat32 = true, LargestComplete = LargestComplete };
        Tensor Apply(Tensor[] x) => logged.Operation.On(x).Apply();
        static Tensor Curved(Tensor y) => y + (y * y / 2);
        string[] names = [.. logged.Inputs.Select((_, i) => $"input {i}")];
        if (order == 2)
        {
            // A curved function of the result: a rule is a function of the gradient that it is given, too.
            return new Check(alone).Run(new Subject(x => [Curved(Apply(x))], logged.Inputs, names));
        }

        var rounding = new Subject(x => x, logged.Inputs, names).Rounding;
        var comparison = new GradientComparison(logged.Inputs, names, rounding, alone, new Budget(1, alone));
        comparison.Compare(
            x =>
            {
                using var unrecorded = Grad.Disabled();
                return [(Apply(x) * claim.Weights).Sum().Item()];
            },
            [claim.Gradients],
            [null],
            order: 1);
        return new(comparison.Entries, options.Seed);
    }

    /// <summary>What an operation's rule says, asked as a backward pass would.</summary>
    private sealed record Claim(Tensor Weights, Tensor?[] Gradients, Exception? Failure)
    {
        public static Claim Of(LoggedOperation logged, ulong seed)
        {
            using var unrecorded = Grad.Disabled();
            var operation = logged.Operation;
            var weights = Tensor.Randn(logged.Shape, operation.DType, generator: new Generator(seed));
            var gradients = new Tensor?[logged.Inputs.Length];
            try
            {
                operation.Vjp(weights, gradients);
                for (var i = 0; i < gradients.Length; i++)
                {
                    gradients[i] = operation.Input(i).Source is { } source
                        ? gradients[i] is { } term ? BackwardPass.Fit(term, source, operation).Evaluate() : Tensor.Zeros(source.Shape, source.DType)
                        : null;
                }

                return new(weights, gradients, null);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
            {
                return new(weights, gradients, exception);
            }
        }
    }
}
