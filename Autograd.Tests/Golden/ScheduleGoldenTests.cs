using System.Text.Json;
using Autograd.Optim;

namespace Autograd.Tests.Golden;

/// <summary>Learning rates and momenta step by step against the reference data, to 1e-12.</summary>
[Category("Golden")]
internal sealed class ScheduleGoldenTests
{
    private static IEnumerable<TestCaseData> Cases
        => GoldenFiles.ReadOther("lr_schedules").Select(golden => new TestCaseData(golden).SetArgDisplayNames($"{golden.GetProperty("scheduler")} {golden.GetProperty("config").GetRawText()} {golden.GetProperty("initial_lrs").GetRawText()}"));

    [TestCaseSource(nameof(Cases))]
    public void RatesAreRight(JsonElement golden)
    {
        var momentum = golden.GetProperty("initial_momentum").GetDouble();
        var optimizer = new OptimizerGroups([.. golden.GetProperty("initial_lrs").EnumerateArray().Select(rate => new Sgd([new Parameter(Tensor.Ones([1]))], rate.GetDouble(), momentum))]);
        var (name, config) = (golden.GetProperty("scheduler").GetString()!, golden.GetProperty("config"));
        Action<int> step = name == "ReduceLROnPlateau" ? Plateau(optimizer, golden, config) : Scheduled(optimizer, GoldenOptimizers.ScheduleOf(name, config));
        var rates = golden.GetProperty("lrs");
        for (var i = 0; i < rates.GetArrayLength(); i++)
        {
            step(i);
            AssertEqual(rates[i], optimizer.Groups.Select(group => group.LearningRate), $"rate of step {i}");
            if (golden.TryGetProperty("momentums", out var momenta))
            {
                AssertEqual(momenta[i], optimizer.Groups.Select(group => group.Momentum!.Value), $"momentum of step {i}");
            }
        }
    }

    [Test]
    public void AllCasesAreTaken() => Assert.That(Cases.Count(), Is.EqualTo(GoldenFiles.AreShipped ? 26 : Cases.Count()));

    private static Action<int> Scheduled(Optimizer optimizer, Schedule schedule)
    {
        var scheduler = new Scheduler(optimizer, schedule);
        return i => scheduler.StepCount = i;
    }

    private static Action<int> Plateau(Optimizer optimizer, JsonElement golden, JsonElement config)
    {
        double Number(string option, double otherwise) => config.TryGetProperty(option, out var value) ? value.GetDouble() : otherwise;
        bool Is(string option, string text) => config.TryGetProperty(option, out var value) && value.GetString() == text;
        var plateau = new ReduceOnPlateau(optimizer, Is("mode", "max"), Number("factor", 0.1), (int)Number("patience", 10), Number("threshold", 1e-4), Is("threshold_mode", "abs"), (int)Number("cooldown", 0));
        return i =>
        {
            if (i > 0)
            {
                plateau.Step(golden.GetProperty("metrics")[i - 1].GetDouble());
            }
        };
    }

    private static void AssertEqual(JsonElement expected, IEnumerable<double> actual, string what)
        => Assert.That(actual, Is.EqualTo(expected.EnumerateArray().Select(value => value.GetDouble())).Within(1e-12), what);
}
