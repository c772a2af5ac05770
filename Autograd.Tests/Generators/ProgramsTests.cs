using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Autograd.NN;
using Autograd.Tests.Operations;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Autograd.Tests.Generators;

/// <summary>Random programs are varied, run, print as C#, and shrink to the part that fails.</summary>
internal sealed partial class ProgramsTests
{
    // L2Penalty is a function of parameters, which are leaves: no value of a program can flow into it.
    private static readonly string[] Absent = ["Loss.ElasticNetPenalty", "Loss.L1Penalty", "Loss.L2Penalty"];

    private static readonly ScriptOptions Options = ScriptOptions.Default.WithReferences(typeof(Tensor).Assembly, typeof(Loss).Assembly).WithImports("Autograd", "Autograd.NN");

    [Test]
    public void A_failure_shrinks_to_the_operation_at_fault_and_prints_it_as_code()
    {
        var failure = Assert.Catch(() => Law.Holds(
            Programs.Arbitrary(),
            program =>
            {
                if (program.Steps.Any(step => step.Operation.Name == "x => x.Erf()"))
                {
                    throw new LawBrokenException("No Erf, please.");
                }
            },
            count: 2000))!;
        var shrunk = failure.Message[failure.Message.IndexOf("Shrunk:", StringComparison.Ordinal)..];
        Assert.That(shrunk, Does.Contain("No Erf, please."));
        Assert.That(shrunk, Does.Match(@"var y0 = x\[0\]\.Erf\(\);\n    return y0;\n\}\n\nGradCheck\.Verify\(\n    Program,\n    \[\n        Tensor\.From\(new double\[\] \{ [-0-9.E]+ \}\)\.Reshape\(\[\]\),\n    \]\);"));
        Assert.That(failure.Message, Does.Contain("seed of ("));
    }

    [Test]
    public void A_printed_seed_shows_the_same_sample_again()
    {
        static string First(string? replay)
            => Assert.Catch(() => Law.Holds(Programs.Arbitrary(), program => throw new LawBrokenException("Any."), count: 1, replay))!.Message;
        static string Original(string message) => message[message.IndexOf("Original:", StringComparison.Ordinal)..];
        var first = First(null);
        var step = Step().Match(first);
        Assert.That(step.Success, first);
        Assert.That(Original(First($"({step.Groups["seed"].Value},{step.Groups["size"].Value})")), Is.EqualTo(Original(first)));
    }

    [Test]
    public void Programs_are_made_of_the_whole_catalogue()
    {
        var code = string.Join('\n', ProgramOperations.All.Select(operation => operation.Name));
        var missing = OperationSamples.All.Select(sample => sample.Name).Where(name => !Regex.IsMatch(code, $@"\b{Regex.Escape(name)}\("));
        Assert.That(missing.Order(StringComparer.Ordinal), Is.EqualTo(Absent));
    }

    [Test]
    public void Every_operation_occurs()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lengths = new List<int>();
        Law.Holds(
            Programs.Arbitrary(),
            program =>
            {
                lengths.Add(program.Steps.Length);
                seen.UnionWith(program.Steps.Select(step => step.Operation.Name));
            },
            count: 3000);
        Assert.That(ProgramOperations.All.Select(operation => operation.Name).Except(seen, StringComparer.Ordinal), Is.Empty);
        Assert.That(lengths, Has.Some.EqualTo(30).And.Some.EqualTo(1));
    }

    [Test]
    public async Task Every_operation_prints_as_code_that_gives_the_same_bits()
    {
        var programs = new Dictionary<string, TestProgram>(StringComparer.Ordinal);
        Law.Holds(
            Programs.Arbitrary(),
            program =>
            {
                var values = program.Values(program.Inputs);
                foreach (var step in program.Steps)
                {
                    programs.TryAdd(step.Operation.Name, new(Array.ConvertAll(step.Operands, i => values[i]), [step with { Operands = [.. Enumerable.Range(0, step.Operands.Length)] }]));
                }
            },
            count: 1000);
        var script = new StringBuilder();
        var results = new StringBuilder("return new double[][] {\n");
        foreach (var (i, program) in programs.Values.Index())
        {
            script.Append(program.ToCode($"Program{i}")).Append('\n');
            results.Append(CultureInfo.InvariantCulture, $"Program{i}({program.InputsToCode()}).ToArray<double>(),\n");
        }

        var printed = await CSharpScript.EvaluateAsync<double[][]>($"{script}{results}}};", Options);
        foreach (var (values, program) in printed.Zip(programs.Values))
        {
            Assert.That(values, Is.EqualTo(program.Run(program.Inputs).ToArray<double>()), program.ToString());
        }
    }

    [Test]
    public async Task A_printed_program_checks_its_gradient()
    {
        var (sine, wrong) = (Named("x => x.Sin()"), ProgramOperations.All[0] with { Code = (x, _) => $"-{x[0]}.Detach()" });
        var x = Tensor.From([0.5, -0.25]);
        await CSharpScript.RunAsync(new TestProgram([x], [new(sine, [0], []), new(Named("(a, b) => a * b"), [0, 1], [])]).ToString(), Options);
        Assert.That(
            async () => await CSharpScript.RunAsync(new TestProgram([x], [new(sine, [0], []), new(wrong, [1], [])]).ToString(), Options),
            Throws.TypeOf<GradientMismatchException>());
    }

    [Test]
    public void A_smaller_program_still_runs()
        => Law.Holds(
            Programs.Arbitrary(),
            program =>
            {
                foreach (var smaller in Programs.Shrink(program))
                {
                    smaller.Run(smaller.Inputs);
                }
            },
            count: 50);

    private static ProgramOperation Named(string name) => ProgramOperations.All.Single(operation => operation.Name == name);

    [GeneratedRegex(@"size of (?<size>\d+) and seed of \((?<seed>\d+,\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
