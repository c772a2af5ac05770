using System.IO.Compression;
using System.Text.Json;
using Autograd.Optim;

namespace Autograd.Tests.Golden;

/// <summary>Ten steps of each optimizer that the library has, against the reference data: per tensor |a − b| ≤ 1e-12 + 1e-9·max|b|.</summary>
[Category("Golden")]
internal sealed class OptimizerGoldenTests
{
    // Options that the library does not have yet; a case with one of them is not yet supported.
    private static readonly string[] NotYet = ["maximize", "amsgrad", "param_groups"];

    private static IEnumerable<TestCaseData> Cases
        => from golden in Read()
           where golden.GetProperty("optimizer").GetString() is "SGD" or "Adam" && !NotYet.Any(option => IsUsed(golden, option))
           select new TestCaseData(golden).SetArgDisplayNames($"{golden.GetProperty("optimizer")} {golden.GetProperty("config").GetRawText()}");

    [TestCaseSource(nameof(Cases))]
    public void StepsAreRight(JsonElement golden)
    {
        Parameter[] parameters = [.. golden.GetProperty("initial_params").EnumerateArray().Select(json => new Parameter(GoldenReader.ReadTensor(json).ToTensor().Detach()))];
        var optimizer = Create(golden.GetProperty("optimizer").GetString()!, golden.GetProperty("config"), parameters);
        foreach (var step in golden.GetProperty("steps").EnumerateArray())
        {
            optimizer.ZeroGrad();
            foreach (var (parameter, gradient) in parameters.Zip(step.GetProperty("grads").EnumerateArray()))
            {
                if (gradient.ValueKind != JsonValueKind.Null)
                {
                    (parameter * GoldenReader.ReadTensor(gradient).ToTensor().Detach()).Sum().Backward();
                }
            }

            optimizer.Step();
            foreach (var (parameter, expected) in parameters.Zip(step.GetProperty("params_after").EnumerateArray()))
            {
                var values = GoldenReader.ReadTensor(expected).ToTensor().Detach();
                Assert.That((parameter - values).Abs().Amax().Item(), Is.LessThanOrEqualTo(1e-12 + (1e-9 * values.Abs().Amax().Item())));
            }
        }
    }

    [Test]
    public void SomeCasesAreTaken() => Assert.That(Cases.Count(), Is.GreaterThanOrEqualTo(GoldenFiles.AreShipped ? 7 : 0));

    private static Optimizer Create(string name, JsonElement config, Parameter[] parameters)
    {
        double Number(string option, double otherwise) => config.TryGetProperty(option, out var value) ? value.GetDouble() : otherwise;
        double Beta(int index, double otherwise) => config.TryGetProperty("betas", out var betas) ? betas[index].GetDouble() : otherwise;
        return name == "SGD"
            ? new Sgd(parameters, Number("lr", 1e-3), Number("momentum", 0), Number("dampening", 0), Number("weight_decay", 0), config.TryGetProperty("nesterov", out var nesterov) && nesterov.GetBoolean())
            : new Adam(parameters, Number("lr", 1e-3), Beta(0, 0.9), Beta(1, 0.999), Number("eps", 1e-8), Number("weight_decay", 0));
    }

    private static bool IsUsed(JsonElement golden, string option)
        => golden.TryGetProperty(option, out _) || (golden.GetProperty("config").TryGetProperty(option, out var value) && value.ValueKind == JsonValueKind.True);

    private static IEnumerable<JsonElement> Read()
    {
        var folder = GoldenFiles.Folder;
        var path = Path.Combine(folder, "optimizers.json.gz");
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(json => json.Clone())];
    }
}
