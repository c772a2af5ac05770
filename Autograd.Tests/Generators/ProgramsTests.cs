using System.Text.RegularExpressions;

namespace Autograd.Tests.Generators;

/// <summary>Random programs are varied, run, print as C#, and shrink to the part that fails.</summary>
internal sealed partial class ProgramsTests
{
    [Test]
    public void A_failure_shrinks_to_the_operation_at_fault_and_prints_it_as_code()
    {
        var failure = Assert.Catch(() => Law.Holds(
            Programs.Arbitrary(),
            program =>
            {
                if (program.Steps.Any(step => step.Operation.Name == "{0}.Erf()"))
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
            count: 1500);
        Assert.That(ProgramOperations.All.Select(operation => operation.Name).Except(seen, StringComparer.Ordinal), Is.Empty);
        Assert.That(lengths, Has.Some.EqualTo(12).And.Some.EqualTo(1));
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

    [GeneratedRegex(@"size of (?<size>\d+) and seed of \((?<seed>\d+,\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
