using System.Text.Json;
using Autograd.Optim;

namespace Autograd.Tests.Golden;

/// <summary>Ten steps of each optimizer against the reference data: per tensor |a − b| ≤ 1e-12 + 1e-9·max|b|.</summary>
[Category("Golden")]
internal sealed class OptimizerGoldenTests
{
    private static IEnumerable<TestCaseData> Cases(bool searching)
        => from golden in GoldenFiles.ReadOther("optimizers")
           where golden.GetProperty("optimizer").GetString() == "LBFGS" == searching
           select new TestCaseData(golden).SetArgDisplayNames($"{golden.GetProperty("optimizer")} {golden.GetProperty("config").GetRawText()}{(golden.TryGetProperty("param_groups", out var groups) ? groups.GetRawText() : string.Empty)}");

    [TestCaseSource(nameof(Cases), new object[] { false })]
    public void StepsAreRight(JsonElement golden)
    {
        var (parameters, optimizer) = Make(golden);
        foreach (var step in golden.GetProperty("steps").EnumerateArray())
        {
            optimizer.ZeroGrad();
            foreach (var (parameter, gradient) in parameters.Zip(step.GetProperty("grads").EnumerateArray()))
            {
                if (gradient.ValueKind != JsonValueKind.Null)
                {
                    (parameter * Read(gradient)).Sum().Backward();
                }
            }

            optimizer.Step();
            AssertParameters(parameters, step, 1e-9);
        }
    }

    [TestCaseSource(nameof(Cases), new object[] { true })]
    public void SearchesAreRight(JsonElement golden)
    {
        var (parameters, optimizer) = Make(golden);
        Tensor Rosenbrock()
        {
            var (x, next) = (parameters[0][..^1], parameters[0][1..]);
            return (((next - x.Square()).Square() * 100) + (1 - x).Square()).Sum();
        }

        foreach (var step in golden.GetProperty("steps").EnumerateArray())
        {
            // A condition number says by how much rounding alone moves the result.
            var tolerance = 1e-9 * Math.Max(1, step.GetProperty("condition").GetDouble() * 1e-3);
            var before = optimizer.Step(Rosenbrock).Item();
            Assert.That(before, Is.EqualTo(step.GetProperty("loss_returned").GetDouble()).Within(1e-12).Or.EqualTo(step.GetProperty("loss_returned").GetDouble()).Within(tolerance * 100).Percent);
            AssertParameters(parameters, step, tolerance);
        }
    }

    [Test]
    public void AllCasesAreTaken() => Assert.That(Cases(false).Count() + Cases(true).Count(), Is.EqualTo(GoldenFiles.AreShipped ? 35 : GoldenFiles.ReadOther("optimizers").Count));

    private static void AssertParameters(Parameter[] parameters, JsonElement step, double tolerance)
    {
        foreach (var (parameter, expected) in parameters.Zip(step.GetProperty("params_after").EnumerateArray()))
        {
            var values = Read(expected);
            Assert.That((parameter - values).Abs().Amax().Item(), Is.LessThanOrEqualTo(1e-12 + (tolerance * values.Abs().Amax().Item())));
        }
    }

    private static (Parameter[] Parameters, Optimizer Optimizer) Make(JsonElement golden)
    {
        Parameter[] parameters = [.. golden.GetProperty("initial_params").EnumerateArray().Select(json => new Parameter(Read(json)))];
        var (name, config) = (golden.GetProperty("optimizer").GetString()!, golden.GetProperty("config"));
        if (!golden.TryGetProperty("param_groups", out var groups))
        {
            return (parameters, GoldenOptimizers.Create(name, parameters, config, config));
        }

        return (parameters, new OptimizerGroups(
            [.. groups.EnumerateArray().Select(group => GoldenOptimizers.Create(name, [.. group.GetProperty("params").EnumerateArray().Select(index => parameters[index.GetInt32()])], group, config))]));
    }

    private static Tensor Read(JsonElement json) => GoldenReader.ReadTensor(json).ToTensor().Detach();
}
