using System.Text.Json.Nodes;
using Autograd.Benchmarks.Comparison;
using Autograd.Benchmarks.Comparison.Workloads;

namespace Autograd.Tests.Benchmarks;

internal sealed class WorkloadTests
{
    [TestCaseSource(typeof(Shrunk), nameof(Shrunk.Workloads))]
    public void RunsTheSameEachTime(object shipped)
    {
        var workload = (WorkloadDescription)shipped;
        var side = new OurSide();
        var first = side.Check(workload, steps: 3);
        Assert.That(first, Is.Not.Empty);
        Assert.That(first.Select(result => result.IsFinite), Is.All.True);
        Assert.That(side.Check(workload, steps: 3), Is.EqualTo(first));
        Assert.That((workload.Cost.Flops, workload.Cost.Bytes), Is.GreaterThan((0.0, 0.0)));
    }

    [TestCaseSource(typeof(Shrunk), nameof(Shrunk.Workloads))]
    public void ResetGoesBackToTheStart(object shipped)
    {
        var workload = ((WorkloadDescription)shipped).Create(isCheck: false);
        workload.Setup();
        workload.Step();
        var first = Sums(workload);
        workload.Step();
        workload.Reset();
        workload.Step();
        Assert.That(Sums(workload), Is.EqualTo(first));
    }

    [Test]
    public void InputsAreSpreadEvenly()
    {
        var values = Inputs.Numbers([100, 1000], DType.Float64, phase: 1).ToArray<double>();
        Assert.That((values.Min(), values.Max()), Is.EqualTo((-1.0, 1.0)).Using<double>((a, b) => Math.Abs(a - b) < 1e-4));
        Assert.That(values.Average(), Is.Zero.Within(0.01));
        Assert.That(values.Average(value => value * value), Is.EqualTo(1 / 3.0).Within(0.01));
        Assert.That(values.Zip(values.Skip(1)).Average(pair => pair.First * pair.Second), Is.Zero.Within(0.01), "neighbours");
        Assert.That(Inputs.Classes(10_000, 10, phase: 1).ToArray<long>().Distinct(), Is.EquivalentTo(Enumerable.Range(0, 10)));
    }

    [Test]
    public void AChainMultipliesAndAdds()
    {
        var (x, a, b) = (Inputs.Numbers([5], DType.Float64, 1, 0.5, 1), Inputs.Numbers([5], DType.Float64, 2, 0.01, 0.99), Inputs.Numbers([5], DType.Float64, 3, 0.01, 0.01));
        var results = Results("""{ "kind": "chain", "dtype": "float64", "count": 5, "length": 4, "function": "tanh", "backward": true }""");
        double[] inner = [.. Enumerable.Range(0, 5).Select(i => ((At(x, i) * At(a, i)) + At(b, i)) * At(a, i))];
        var seed = Inputs.Numbers([5], DType.Float64, 99);
        Assert.That(results["value"].ToArray<double>(), Is.EqualTo(inner.Select(Math.Tanh)).Within(1e-14));
        Assert.That(
            results["gradient of x"].ToArray<double>(),
            Is.EqualTo(inner.Select((y, i) => At(seed, i) * Math.Pow(At(a, i) / Math.Cosh(y), 2))).Within(1e-14));
    }

    [Test]
    public void RowsOfASoftmaxAddUpToOne()
        => Assert.That(Results("""{ "kind": "softmax", "dtype": "float64", "shape": [6, 4] }""")["value"].Sum(1).ToArray<double>(), Is.All.EqualTo(1).Within(1e-14));

    [Test]
    public void RowsOfALayerNormHaveTheirBiasAndWeight()
    {
        var value = Results("""{ "kind": "layerNorm", "dtype": "float64", "shape": [6, 40] }""")["value"];
        var normal = (value - Inputs.Numbers([40], DType.Float64, 3)) / Inputs.Numbers([40], DType.Float64, 2, 0.5, 1);
        Assert.That(normal.Mean(1).ToArray<double>(), Is.All.Zero.Within(1e-14));
        Assert.That(normal.Var(1, correction: 0).ToArray<double>(), Is.All.EqualTo(1).Within(1e-3));
    }

    [Test]
    public void TheGradientOfALogLikelihoodIsTheSoftmaxMinusOne()
    {
        var results = Results("""{ "kind": "logSoftmaxNll", "dtype": "float64", "shape": [6, 4], "backward": true }""");
        var x = Inputs.Numbers([6, 4], DType.Float64, 1, scale: 4);
        var target = Inputs.Classes(6, 4, 2);
        var expected = (x.Softmax(1) - Tensor.Arange(4).Eq(target.Unsqueeze(1)).To(DType.Float64)) / 6.0;
        Assert.That(results["gradient of x"].ToArray<double>(), Is.EqualTo(expected.ToArray<double>()).Within(1e-15));
    }

    [TestCase("sum")]
    [TestCase("mean")]
    [TestCase("amax")]
    public void AReductionGoesOverItsDimension(string operation)
    {
        var rows = Inputs.Numbers([6, 4], DType.Float64, 1).ToArray<double>().Chunk(4);
        var expected = rows.Select(row => operation switch { "sum" => row.Sum(), "mean" => row.Average(), _ => row.Max() });
        var value = Results($$"""{ "kind": "reduction", "dtype": "float64", "shape": [6, 4], "dim": -1, "operation": "{{operation}}" }""")["value"];
        Assert.That(value.ToArray<double>(), Is.EqualTo(expected).Within(1e-15));
    }

    [Test]
    public void TheFirstStepOfAdamIsTheGradientsSign()
    {
        var change = Results("""{ "kind": "optimizer", "dtype": "float64", "count": 9, "optimizer": "adam" }""").Values.Single();
        var gradient = Inputs.Numbers([9], DType.Float64, phase: 1);
        Assert.That(change.ToArray<double>(), Is.EqualTo(gradient.ToArray<double>().Select(g => -Math.Sign(g))).Within(1e-6));
    }

    [Test]
    public void AMatrixIsAnotherThingToAdafactorThanItsElements()
    {
        double[] Change(string columns) => Results($$"""{ "kind": "optimizer", "dtype": "float64", "count": 12, {{columns}} "optimizer": "adafactor" }""", steps: 2).Values.Single().Flatten().ToArray<double>();
        Assert.That(Change("\"columns\": 3,"), Is.Not.EqualTo(Change("")));
        Assert.That(() => Change("\"columns\": 5,"), Throws.InstanceOf<WorkloadException>().With.Message.Contains("a multiple of \"columns\""));
    }

    [Test]
    public void ResultsAreComparedInAnotherElementTypeIfTheWorkloadSaysSo()
    {
        var json = JsonNode.Parse("""{ "family": "f", "name": "n", "kind": "optimizer", "count": 9, "checkedAs": "float64" }""")!.AsObject();
        var workload = new WorkloadDescription(json);
        Assert.That((workload.Create(isCheck: true).DType, workload.Create(isCheck: false).DType, workload.DType, workload.Tolerance), Is.EqualTo((DType.Float64, DType.Float32, DType.Float32, 1e-9)));
        Assert.That(((string?)workload.CheckedJson["dtype"], workload.Json.ContainsKey("dtype")), Is.EqualTo(("float64", false)));
    }

    [Test]
    public void MomentumAddsUpWhatTheGradientsWere()
    {
        var change = Results("""{ "kind": "optimizer", "dtype": "float64", "count": 9, "optimizer": "sgd", "momentum": 0.5 }""", steps: 3).Values.Single();
        var gradient = Inputs.Numbers([9], DType.Float64, phase: 1);

        // v = 1, 0.5·1 + 2, 0.5·2.5 + 3 with the check's gradients g, 2g, 3g.
        Assert.That(change.ToArray<double>(), Is.EqualTo(gradient.ToArray<double>().Select(g => -g * (1 + 2.5 + 4.25))).Within(1e-10));
    }

    [Test]
    public void DescentChangesTheNetworkByItsGradient()
    {
        var results = Results("""{ "kind": "perceptron", "dtype": "float64", "sizes": [3, 4, 2], "batch": 5, "optimizer": "sgd", "dropout": 0.5 }""");
        Assert.That(results["loss"].Item(), Is.EqualTo(Math.Log(2)).Within(0.5));
        for (var i = 0; i < 4; i++)
        {
            Assert.That(
                results[$"change of {i}, in units of the learning rate"].ToArray<double>(),
                Is.EqualTo((-results[$"gradient of {i}"]).ToArray<double>()).Within(1e-10));
        }
    }

    [Test]
    public void AGradientCheckAgrees()
    {
        var results = Results("""{ "kind": "gradientCheck", "dtype": "float64", "sizes": [3, 4, 2], "batch": 5 }""");
        Assert.That(results["all derivatives agree"].Item(), Is.EqualTo(1));
        Assert.That(results, Has.Count.EqualTo(5));
    }

    private static double At(Tensor tensor, int place) => tensor.AsSpan<double>()[place];

    private static Checksum[] Sums(Workload workload) => [.. workload.Results().Select(result => Checksum.Of(result.Name, result.Value))];

    private static Dictionary<string, Tensor> Results(string description, int steps = 1)
    {
        var json = JsonNode.Parse(description)!.AsObject();
        (json["name"], json["family"]) = ("test", "test");
        var workload = new WorkloadDescription(json).Create(isCheck: true);
        workload.Setup();
        for (var i = 0; i < steps; i++)
        {
            workload.Step();
        }

        return workload.Results().ToDictionary(result => result.Name, result => result.Value, StringComparer.Ordinal);
    }
}
