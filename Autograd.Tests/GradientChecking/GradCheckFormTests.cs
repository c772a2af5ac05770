using System.Diagnostics;
using Autograd.NN;

namespace Autograd.Tests.GradientChecking;

/// <summary>The forms of a gradient check: complete Jacobians, random directions, several outputs, whole modules, Float32, budgets of time, reports.</summary>
internal sealed class GradCheckFormTests
{
    private static readonly Tensor X = Tensor.From([0.3, -1.2, 2, 0.7, -0.4, 1.1], [2, 3]);

    private static Func<Tensor, Tensor> WrongSine { get; } = Differentiate.CustomGradient(x => x.Sin(), (x, _, g) => -g * x.Cos(), "WrongSine");

    [Test]
    public void The_complete_jacobian_names_outputs()
    {
        var report = GradCheck.Compare(x => x.MatMul(x.T), X, new() { Jacobian = true });
        Assert.That((report.IsCorrect, report.Entries.Count), Is.EqualTo((true, 4 * 6)));
        var wrong = Differentiate.CustomGradient(x => x * x, (x, _, g) => (g * 2 * x).With([1, 0], g[1, 0] * x[1, 0]));
        var mistake = GradCheck.Compare(x => wrong(x), X, new() { Jacobian = true }).Entries.Where(entry => !entry.IsCorrect).ToArray();
        Assert.That(mistake.Select(entry => (entry.Output, entry.Index[0], entry.Index[1])), Is.EqualTo(new[] { ("[1, 0]", 1, 0) }));
    }

    [Test]
    public void Several_outputs_are_checked_together_or_one_by_one()
    {
        static Tensor[] Two(Tensor[] x) => [x[0].Sin(), x[0] > 0, (x[0] * x[1]).Sum()];
        GradCheck.Verify(Two, [X, X + 1], new() { Order = 2 });
        var report = GradCheck.Compare(Two, [X, X + 1], new() { Jacobian = true });
        Assert.That((report.IsCorrect, report.Entries.Count, report.Entries.Count(entry => entry.Output == "1[]")), Is.EqualTo((true, 7 * 12, 12)));
        Assert.That(() => GradCheck.Verify((Tensor[] x) => new[] { x[0].Sin(), WrongSine(x[0]) }, [X]), Throws.TypeOf<GradientMismatchException>().With.Message.Contains("WrongSine"));
        Assert.That(() => GradCheck.Verify(x => x > 0, X), Throws.TypeOf<DTypeException>().With.Message.Contains("no floating-point tensor"));
    }

    [Test]
    public void Large_inputs_are_checked_along_random_directions()
    {
        var x = Tensor.Randn([20_000], DType.Float64, generator: new Generator(1));
        var report = GradCheck.Compare(t => t.Sin() * t, x);
        Assert.That((report.IsCorrect, report.Entries.Count, report.Entries.All(entry => entry.IsAlongDirection)), Is.EqualTo((true, 8, true)), $"{report}");

        // One element of twenty thousand.
        var wrong = Differentiate.CustomGradient(t => t * t, (t, _, g) => (g * 2 * t).With([12345], 0), "WrongAtOne");
        report = GradCheck.Compare(t => wrong(t).Sum(), x, new() { Projections = 3 });
        Assert.That((report.Failures, report.Entries.Count, report.Location!.Operation), Is.EqualTo((3, 3, "WrongAtOne")), $"{report}");
    }

    [Test]
    public void A_network_of_100_000_parameters_takes_seconds()
    {
        Generator.Seed(4);
        var model = new Sequential(new Linear(100, 300), new Tanh(), new Linear(300, 200), new Tanh(), new Linear(200, 50)).To(DType.Float64);
        Assert.That(model.ParameterCount, Is.GreaterThan(100_000));
        var (x, y) = (Tensor.Randn([32, 100], DType.Float64), Tensor.RandInt(0, 50, [32]));
        var clock = Stopwatch.StartNew();
        var report = GradCheck.Compare(model, x, y, (h, t) => Loss.CrossEntropy(h, t), new() { LargestComplete = 64 });
        TestContext.Out.WriteLine($"{model.ParameterCount} parameters in {clock.Elapsed.TotalSeconds:F2} s");
        Assert.That((report.IsCorrect, report.IsComplete), Is.EqualTo((true, true)), $"{report}");
        Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(10));
    }

    [Test]
    public void A_whole_module_in_one_line()
    {
        Generator.Seed(5);
        var model = new Sequential(new Linear(3, 4), new Dropout(0.5), new Tanh(), new Linear(4, 2)).To(DType.Float64);
        var target = Tensor.From([1L, 0]);
        GradCheck.Verify(model, X, target, (y, t) => Loss.CrossEntropy(y, t), new() { Order = 2 });
        var report = GradCheck.Compare(model, X, target, (y, t) => Loss.CrossEntropy(y, t));
        Assert.That(report.Entries.Select(entry => entry.Input).Distinct(StringComparer.Ordinal), Is.EquivalentTo(new[] { "input", "0.weight", "0.bias", "3.weight", "3.bias" }));
        model.Children()[0].Freeze();
        Assert.That(GradCheck.Compare(model, X, target, (y, t) => Loss.CrossEntropy(y, t)).Entries.Select(entry => entry.Input).Distinct(StringComparer.Ordinal), Does.Not.Contain("0.weight"));
        var mismatch = Assert.Throws<GradientMismatchException>(() => GradCheck.Verify(new Sequential(model, new Lambda(WrongSine)), X, target, (y, t) => Loss.CrossEntropy(y, t)));
        Assert.That(mismatch!.Report.Location!.Operation, Is.EqualTo("WrongSine"));
        Assert.That(() => GradCheck.Verify(model.To(DType.Float32), X, target, (y, t) => y.Sum()), Throws.TypeOf<DTypeException>().With.Message.Contains("model.To(DType.Float64)"));
    }

    /// <summary>A layer that updates a buffer at each call, as batch normalization does, and returns something that depends on it.</summary>
    private sealed class Counting : Layer
    {
        private readonly TensorBuffer calls = new(Tensor.Zeros([], DType.Float64));
        private readonly Parameter scale = new(Tensor.From([0.5, 1, 2]));

        public double Calls => calls.Item();

        protected override Tensor Compute(Tensor x)
        {
            calls.Assign(calls + 1);
            return x * scale * calls;
        }
    }

    [Test]
    public void Buffers_are_as_they_were_at_every_call_and_afterwards()
    {
        var layer = new Counting();
        GradCheck.Verify(layer, X, X, (y, t) => (y - t).Square().Sum(), new() { Order = 2 });
        Assert.That(layer.Calls, Is.Zero);
    }

    [Test]
    public void Float32_is_judged_by_the_digits_it_has()
    {
        Generator.Seed(6);
        var options = new GradCheckOptions { AllowFloat32 = true };
        var x = X.To(DType.Float32);
        GradCheck.Verify(t => (t.Sin() * t.Exp()).Sum(), x, options);
        GradCheck.Verify(new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2)), x, Tensor.From([1L, 0]), (y, t) => Loss.CrossEntropy(y, t), options);
        Assert.That(GradCheck.Compare(t => WrongSine(t).Sum(), x, options) is { IsCorrect: false, Location.Operation: "WrongSine" });
        var wrong = Differentiate.CustomGradient(t => t.Sin(), (t, _, g) => g * t.Cos() * 1.05, "FivePercent");
        Assert.That(GradCheck.Compare(t => wrong(t).Sum(), x, options).IsCorrect, Is.False);
    }

    [Test]
    public void Time_is_limited_on_request_and_progress_told()
    {
        var told = new List<double>();
        var progress = new Told(told);
        var report = GradCheck.Compare(x => x.Sin().Sum(), Tensor.Ones([500], DType.Float64), new() { Progress = progress });
        Assert.That((report.IsComplete, report.Done, told[^1]), Is.EqualTo((true, 500, 1.0)));
        Assert.That(told, Is.Ordered);
        Assert.That(told, Has.Count.LessThanOrEqualTo(101));
        var cut = GradCheck.Compare(x => { Thread.Sleep(2); return x.Sin().Sum(); }, Tensor.Ones([5000], DType.Float64), new() { TimeBudget = TimeSpan.FromMilliseconds(50) });
        Assert.That((cut.IsComplete, cut.IsCorrect, cut.Done), Is.EqualTo((false, true, (long)cut.Entries.Count)));
        Assert.That(cut.Done, Is.InRange(1, 100));
        Assert.That(cut.ToString(), Does.Contain($"time for {cut.Done} of 5000"));
    }

    private sealed class Told(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }

    [Test]
    public void Equal_seeds_give_equal_reports()
    {
        string Report(ulong seed) => GradCheck.Compare(x => WrongSine(x * 2), X, new() { Order = 2, Seed = seed }).ToString();
        var (first, again) = (Report(3), Report(3));
        Assert.That(again, Is.EqualTo(first).And.Not.EqualTo(Report(4)));
    }

    [Test]
    public void Impossible_options_are_refused()
    {
        foreach (var options in new GradCheckOptions[] { new() { Projections = 0 }, new() { LargestComplete = -1 }, new() { Resamples = -1 } })
        {
            Assert.That(() => GradCheck.Verify(x => x, X, options), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void Html_has_the_table_and_no_script_and_escapes_what_is_foreign()
    {
        var evil = Differentiate.CustomGradient(x => x.Sin(), (x, _, g) => -g * x.Cos(), "<script>alert('x')</script>");
        var html = GradCheck.Compare(x => evil(x), X).ToHtml(rows: 4);
        Assert.That(html, Does.Contain("<table>").And.Contain("background:rgba(229,72,77,0.2)").And.Contain("… and 2 smaller errors").And.Contain("&lt;script&gt;").And.Not.Contain("<script"));
        Assert.That(html.Split("<tr").Length - 1, Is.EqualTo(1 + 4));
        Assert.That(() => GradCheck.Compare(x => x, X).ToHtml(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_mistake_that_no_operation_makes_is_said_to_be_none()
    {
        var report = GradCheck.Compare(x => x.Sin() * x.Detach(), X);
        Assert.That((report.IsCorrect, report.Location!.Operation, report.Location.Operations), Is.EqualTo((false, (string?)null, 2)));
        Assert.That(report.ToString(), Does.Contain("right on its own").And.Contain("Detach"));

        // relu(x) − relu(−x) = x, whose slope at 0 is 1; the rules give 0 + 0.
        var composition = GradCheck.Compare(x => x.Relu() - (-x).Relu(), Tensor.From([0.0, 1]));
        Assert.That((composition.IsCorrect, composition.Location!.Operation, string.Join(' ', composition.Location.Kinks)), Is.EqualTo((false, (string?)null, "Relu")), $"{composition}");
        Assert.That(GradCheck.Compare(x => WrongSine(x), X, new() { Localize = false }).Location, Is.Null);
    }

    [Test]
    public void A_rule_that_fails_is_located_too()
    {
        var throwing = Differentiate.CustomGradient(x => x.Sin(), (x, _, g) => g.Sum() == Tensor.Ones([]) ? g : throw new InvalidOperationException("Rule."), "Throwing");
        Assert.That(() => GradCheck.Verify(x => throwing(x), X), Throws.InvalidOperationException.With.Message.EqualTo("Rule."));
        var wrongShape = Differentiate.CustomGradient(x => x.Sin(), (x, _, g) => g.T, "Transposed");
        Assert.That(() => GradCheck.Verify(x => wrongShape(x), X), Throws.TypeOf<GradientException>().With.Message.Contains("Transposed"));
    }
}
