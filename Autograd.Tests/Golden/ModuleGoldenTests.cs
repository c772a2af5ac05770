using System.IO.Compression;
using System.Text.Json;
using Autograd.NN;

namespace Autograd.Tests.Golden;

/// <summary>Modules against the reference data: outputs, gradients of inputs and of parameters, states after training steps: per tensor |a − b| ≤ 1e-12 + 1e-9·max|b|.</summary>
[Category("Golden")]
internal sealed class ModuleGoldenTests
{
    private const int ShippedCases = 32;

    private static IEnumerable<TestCaseData> Cases
        => from golden in Read()
           select new TestCaseData(golden).SetArgDisplayNames($"{golden.GetProperty("module")}/{golden.GetProperty("index")} {golden.GetProperty("config").GetRawText()}");

    [TestCaseSource(nameof(Cases))]
    public void Agrees(JsonElement golden)
    {
        var twin = GoldenModule.Create(golden.GetProperty("module").GetString()!, golden.GetProperty("config"));
        twin.Module.To(DType.Float64).LoadState(Tensors(golden.GetProperty("state")));
        twin.Module.Train(golden.GetProperty("mode").GetString() != "eval");
        if (!golden.TryGetProperty("steps", out var steps))
        {
            Check(twin, golden);
            return;
        }

        foreach (var step in steps.EnumerateArray())
        {
            var x = GoldenReader.ReadTensor(step.GetProperty("input")).ToTensor().Detach().AsLeaf();
            var y = twin.Forward([x], step)[0];
            Same(y, step.GetProperty("output"), "output");
            twin.Module.ZeroGrad();
            (y * Read(step.GetProperty("grad_output"))).Sum().Backward();
            Same(x.Grad!, step.GetProperty("grad_input"), "gradient of the input");
            SameGradients(twin.Module, step);
            var state = twin.Module.StateDictionary();
            foreach (var entry in step.GetProperty("state_after").EnumerateObject())
            {
                Same(state[entry.Name], entry.Value, $"{entry.Name} after the step");
            }
        }

        twin.Module.Eval();
        var eval = golden.GetProperty("eval");
        Same(twin.Forward([Read(eval.GetProperty("input"))], eval)[0], eval.GetProperty("output"), "output in evaluation");
    }

    [Test]
    public void AllCasesAreTaken() => Assert.That(Cases.Count(), GoldenFiles.AreShipped ? Is.EqualTo(ShippedCases) : Is.GreaterThanOrEqualTo(0));

    private static void Check(GoldenModule twin, JsonElement golden)
    {
        var leaves = new List<Tensor>();
        Tensor Input(JsonElement json)
        {
            var tensor = GoldenReader.ReadTensor(json);
            var value = tensor.ToTensor();
            if (tensor.RequiresGrad)
            {
                leaves.Add(value);
            }

            return value;
        }

        var inputs = golden.GetProperty("inputs").EnumerateArray().SelectMany(json => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : Enumerable.Repeat(json, 1)).Select(Input).ToArray();
        var outputs = twin.Forward(inputs, golden);
        var total = Tensor.Zeros([], DType.Float64);
        foreach (var (output, (expected, upstream)) in outputs.Zip(golden.GetProperty("output").EnumerateArray().Zip(golden.GetProperty("grad_outputs").EnumerateArray())))
        {
            Same(output, expected, "output");
            total = upstream.ValueKind == JsonValueKind.Null ? total : total + (output * Read(upstream)).Sum();
        }

        Assert.That(outputs, Has.Length.EqualTo(golden.GetProperty("output").GetArrayLength()));
        total.Backward();
        Assert.That(leaves, Has.Count.EqualTo(golden.GetProperty("grads").GetArrayLength()));
        foreach (var (leaf, expected) in leaves.Zip(golden.GetProperty("grads").EnumerateArray()))
        {
            Same(leaf.Grad ?? Tensor.ZerosLike(leaf), expected, "gradient of an input");
        }

        SameGradients(twin.Module, golden);
    }

    private static void SameGradients(Module module, JsonElement golden)
    {
        var expected = golden.GetProperty("param_grads").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        Assert.That(module.NamedParameters().Select(entry => entry.Key), Is.EquivalentTo(expected.Keys));
        foreach (var (name, parameter) in module.NamedParameters())
        {
            Same(parameter.Grad ?? Tensor.ZerosLike(parameter), expected[name], $"gradient of {name}");
        }
    }

    private static void Same(Tensor actual, JsonElement json, string what)
    {
        var expected = Read(json);
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape), what);
        Assert.That((actual - expected).Abs().Amax().Item(), Is.LessThanOrEqualTo(1e-12 + (1e-9 * expected.Abs().Amax().Item())), what);
    }

    private static Tensor Read(JsonElement json) => GoldenReader.ReadTensor(json).ToTensor().Detach();

    private static Dictionary<string, Tensor> Tensors(JsonElement json) => json.EnumerateObject().ToDictionary(entry => entry.Name, entry => Read(entry.Value), StringComparer.Ordinal);

    private static IEnumerable<JsonElement> Read()
    {
        var path = Path.Combine(GoldenFiles.Folder, "modules.json.gz");
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(json => json.Clone())];
    }
}
