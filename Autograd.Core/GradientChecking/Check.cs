namespace Autograd.GradientChecking;

/// <summary>A check of one subject: first and second order, projected or complete, again elsewhere if it met kinks, and the search for the operation that is wrong.</summary>
internal sealed class Check(GradCheckOptions options)
{
    public GradCheckReport Run(Subject subject)
    {
        var report = RunAt(subject);
        for (var i = 0; i < options.Resamples && report.Entries.Any(entry => entry.Verdict is GradCheckVerdict.Kink or GradCheckVerdict.Jump) && report.IsCorrect; i++)
        {
            report = RunAt(subject.At(Moved(subject.Inputs, new Generator(options.Seed + 1 + (ulong)i))), resamples: i + 1);
        }

        return report;
    }

    private static Tensor[] Moved(Tensor[] inputs, Generator generator)
        => Array.ConvertAll(inputs, x => x.DType.IsFloatingPoint ? x + (Tensor.Randn(x.Shape, x.DType, generator: generator) * x.Abs().Maximum(1) * 0.01) : x);

    private GradCheckReport RunAt(Subject subject, int resamples = 0)
    {
        var budget = new Budget(Work(subject), options);
        var comparison = new GradientComparison(subject.Inputs, subject.Names, subject.Rounding, options, budget);
        CompareFirstOrder(subject, comparison);
        if (options.Order == 2)
        {
            CompareSecondOrder(subject, comparison);
        }

        var report = new GradCheckReport(comparison.Entries, options.Seed) { Planned = budget.Total, Done = budget.Done, Elapsed = budget.Elapsed, Resamples = resamples };
        if (options.Localize && !report.IsCorrect)
        {
            report.Location = new Localization(options).Find(subject, report.Entries.Where(entry => !entry.IsCorrect).Min(entry => entry.Order));
        }

        return report;
    }

    private long Work(Subject subject)
        => options.Order * subject.Inputs.Where(x => x.DType.IsFloatingPoint).Sum(x => x.ElementCount > options.LargestComplete ? (long)options.Projections : x.ElementCount);

    private void CompareFirstOrder(Subject subject, GradientComparison comparison)
    {
        Tensor[] leaves = Subject.Leaves(subject.Inputs), outputs;
        using (Grad.Enabled())
        {
            outputs = subject.Outputs(leaves);
        }

        if (options.Jacobian)
        {
            CompareJacobian(subject, comparison, leaves, outputs);
            return;
        }

        Tensor?[] gradients;
        using (Grad.Enabled())
        {
            gradients = Subject.Gradients(Project(outputs), leaves);
        }

        RequireRepeatable(subject, outputs);
        comparison.Compare(x => [Project(subject.Outputs(x)).Item()], [gradients], [null], order: 1);
    }

    private static void CompareJacobian(Subject subject, GradientComparison comparison, Tensor[] leaves, Tensor[] outputs)
    {
        var (rows, names) = (new List<Tensor?[]>(), new List<string?>());
        for (var o = 0; o < outputs.Length; o++)
        {
            var y = outputs[o];
            for (var k = 0; k < y.ElementCount; k++)
            {
                var unit = Tensor.Zeros([y.ElementCount], y.DType).With([k], 1).Reshape(y.Shape);
                rows.Add(Subject.Gradients(y, leaves, unit, retainGraph: true));
                var index = y.Shape.RowMajorStrides.ToArray().Zip(y.Shape.ToArray(), (stride, size) => k / stride % size).ToArray();
                names.Add((outputs.Length > 1 ? $"{o}" : string.Empty) + Shape.Describe(index));
            }
        }

        RequireRepeatable(subject, outputs);
        comparison.Compare(
            x => [.. subject.Outputs(x).SelectMany(y => y.To(DType.Float64).ToArray<double>())],
            [.. rows],
            [.. names],
            order: 1);
    }

    private void CompareSecondOrder(Subject subject, GradientComparison comparison)
    {
        var generator = new Generator(options.Seed);
        var directions = Array.ConvertAll(subject.Inputs, x => x.DType.IsFloatingPoint ? Tensor.Randn(x.Shape, x.DType, generator: generator) : x);
        Tensor?[] gradients;
        using (Grad.Enabled())
        {
            var leaves = Subject.Leaves(subject.Inputs);
            gradients = SlopeAlong(directions, leaves, subject) is { RequiresGrad: true } slope ? Subject.Gradients(slope, leaves) : Array.ConvertAll(leaves, x => x.DType.IsFloatingPoint ? Tensor.ZerosLike(x) : null);
        }

        comparison.Compare(x => [SlopeAlong(directions, x, subject).Item()], [gradients], [null], order: 2);
    }

    /// <summary>Σ w·y for a fixed random w, so that every element of every output counts. For the second order Σ w·(y + y²/2), so that the rules' gradients depend on the point, too:
    /// a rule is a function of the gradient that it is given as well as of its values.</summary>
    private Tensor Project(Tensor[] outputs, bool curved = false)
    {
        if (outputs is [{ ElementCount: 1 } number])
        {
            return number.Reshape([]);
        }

        var generator = new Generator(options.Seed);
        Tensor? sum = null;
        foreach (var y in outputs)
        {
            var term = ((curved ? y + (y * y / 2) : y) * Tensor.Randn(y.Shape, y.DType, generator: generator)).Sum();
            sum = sum is null ? term : sum + term;
        }

        return sum ?? throw new DTypeException("GradCheck: the function returned no floating-point tensor, so that there is nothing to differentiate.");
    }

    /// <summary>The derivative along some directions: what is differentiated again for the second order.</summary>
    private Tensor SlopeAlong(Tensor[] directions, Tensor[] x, Subject subject)
    {
        using var recording = Grad.Enabled();
        var leaves = Subject.Leaves(x);
        var gradients = Subject.Gradients(Project(subject.Outputs(leaves), curved: true), leaves, createGraph: true);
        Tensor? slope = null;
        for (var i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient)
            {
                var term = (gradient * directions[i]).Sum();
                slope = slope is null ? term : slope + term;
            }
        }

        return slope!;
    }

    private static void RequireRepeatable(Subject subject, Tensor[] outputs)
    {
        var again = subject.Outputs(subject.Inputs);
        for (var i = 0; i < outputs.Length; i++)
        {
            var y = outputs[i].Detach();
            if (y.IsNaN().Any().Item<bool>())
            {
                throw new ArgumentException("GradCheck: the function's value is NaN at this point, so that every difference would be, too. Check where it has a value.", nameof(subject));
            }

            if (again.Length != outputs.Length || again[i].Shape != y.Shape || !again[i].Eq(y).All().Item<bool>())
            {
                throw new ArgumentException(
                    "GradCheck: the function gives another result when it is called again at the same point, so that differences mean nothing. " +
                    "Random numbers of this library repeat by themselves; look for other sources of them, or for state that each call changes.",
                    nameof(subject));
            }
        }
    }
}
