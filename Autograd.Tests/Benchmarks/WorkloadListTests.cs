using System.Text.Json.Nodes;
using Autograd.Benchmarks.Comparison;
using Autograd.Tests.Documentation;

namespace Autograd.Tests.Benchmarks;

internal sealed class WorkloadListTests
{
    [Test]
    public void TheShippedListHasAllFamilies()
    {
        var families = WorkloadList.Load(WorkloadList.DefaultFile).Select(workload => workload.Family).Distinct(StringComparer.Ordinal);
        Assert.That(families, Is.EqualTo(new[] { "small", "elementwise", "functions", "composed", "reductions", "matmul", "convolution", "pooling", "attention", "rows", "optimizers", "training", "networks", "gradient checks" }));
    }

    [Test]
    public void TheShippedListAndThePeerKnowEveryKind()
    {
        var used = WorkloadList.Load(WorkloadList.DefaultFile).Select(workload => (string)workload.Json["kind"]!).Distinct(StringComparer.Ordinal);
        Assert.That(used, Is.EquivalentTo(WorkloadDescription.KnownKinds));
        var peer = File.ReadAllText(Repository.PathOf("Autograd.Benchmarks/Comparison/pytorch_peer.py"));
        Assert.That(WorkloadDescription.KnownKinds.Where(kind => !peer.Contains($"    \"{kind}\": ", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void EveryKindIsDocumented()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/comparison.md"));
        Assert.That(WorkloadDescription.KnownKinds.Where(kind => !page.Contains($"| `{kind}` |", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void EachMultipliesOut()
    {
        var workloads = WorkloadList.Parse("""
            [{ "family": "f", "name": "{length} on {count}", "kind": "chain", "each": { "length": [1, 3], "count": [10, 2000, 16000000] } }]
            """);
        Assert.That(workloads.Select(workload => workload.Name), Is.EqualTo(new[] { "1 on 10", "1 on 2k", "1 on 16M", "3 on 10", "3 on 2k", "3 on 16M" }));
        Assert.That((int)workloads[4].Json["count"]!, Is.EqualTo(2000));
        Assert.That(workloads[0].Json.ContainsKey("each"), Is.False);
    }

    [TestCase("small", 2)]
    [TestCase("SMALL: a", 1)]
    [TestCase("b, other", 2)]
    [TestCase("none", 0)]
    [TestCase(null, 3)]
    public void FilterLooksAtFamilyAndName(string? filter, int expected)
    {
        var workloads = WorkloadList.Parse("""
            [
              { "family": "small", "name": "a", "kind": "chain", "count": 4, "length": 2 },
              { "family": "small", "name": "b", "kind": "chain", "count": 4, "length": 2 },
              { "family": "other", "name": "c", "kind": "chain", "count": 4, "length": 2 },
            ]
            """);
        Assert.That(WorkloadList.Filter(workloads, filter), Has.Count.EqualTo(expected));
    }

    [TestCase("""{ "name": "n" }""", "JSON array")]
    [TestCase("""[ 1 ]""", "JSON object, not 1")]
    [TestCase("""[ { "name": """, "not JSON")]
    [TestCase("""[ { "family": "f", "kind": "chain" } ]""", "\"name\" is missing")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "sorting" } ]""", "Workload 'n': there is no kind 'sorting'; there are chain, function, gelu, ")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "chain", "count": 3 } ]""", "Workload 'n': \"length\" is missing")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "chain", "count": 3, "length": 1, "lenght": 2 } ]""", "there is no parameter \"lenght\"; kind chain has dtype, backward, count, length, function, operands")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "chain", "count": "many", "length": 1 } ]""", "\"count\" is a whole number, not \"many\"")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "chain", "count": 0, "length": 1 } ]""", "\"count\" is above 0, not 0")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "chain", "count": 3, "length": 1, "function": "cot" } ]""", "\"function\" is one of none, exp, log, sin, tanh, sigmoid, erf, not 'cot'")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "gelu", "shape": [2, 0] } ]""", "\"shape\" is a list of sizes above 0")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "softmax", "shape": [2, 3], "dim": 2 } ]""", "\"dim\" is -2 to 1, not 2")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "broadcast", "left": [2], "right": [3] } ]""", "must broadcast against each other, unlike [2] and [3]")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "optimizer", "count": 3, "momentum": 0.9 } ]""", "\"momentum\" belongs to \"sgd\"")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "gradientCheck", "sizes": [2, 1], "batch": 1 } ]""", "needs the dtype \"float64\"")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "chain", "length": 1, "each": { "count": [1, 2] } } ]""", "Two workloads are called 'n'")]
    [TestCase("""[ { "family": "f", "name": "n", "kind": "chain", "length": 1, "each": { "count": 1 } } ]""", "\"count\" is a list of values, not 1")]
    public void ErrorsSayWhatIsWrong(string json, string message)
        => Assert.That(() => WorkloadList.Parse(json), Throws.TypeOf<WorkloadException>().With.Message.Contains(message));

    [Test]
    public void AMissingFileIsNamed()
        => Assert.That(() => WorkloadList.Load("no/such/list.json"), Throws.TypeOf<WorkloadException>().With.Message.StartsWith("no/such/list.json: "));

    [Test]
    public void JsonHasNullWhereThereIsNoFigure()
    {
        var json = JsonNode.Parse(JsonReport.Of([new("w", "f", 2e-3, double.NaN, 1e-3), new("v", "f", 1, 3, 0.25)], threads: 2))!.AsArray();
        Assert.That(json[0]!.AsObject().Select(entry => entry.Key), Is.EqualTo(new[] { "workload", "family", "threads", "ours", "peer", "ratio", "share" }));
        Assert.That((json[0]!["peer"], (double)json[0]!["share"]!, (int)json[0]!["threads"]!), Is.EqualTo(((JsonNode?)null, 0.5, 2)));
        Assert.That(((double)json[1]!["ratio"]!, (double)json[1]!["share"]!), Is.EqualTo((3.0, 0.25)));
    }
}
