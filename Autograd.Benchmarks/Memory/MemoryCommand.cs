using System.CommandLine;
using System.Text.Json;

namespace Autograd.Benchmarks.Memory;

/// <summary>The command line of the memory measurement. Each scenario runs in a process of its own, so that none sees what another left behind.</summary>
internal static class MemoryCommand
{
    private const string InThisProcess = "--in-this-process";

    /// <summary>Measures, and returns 0 if every scenario came to its end.</summary>
    public static int Run(string[] arguments)
    {
        Argument<string[]> names = new("scenario") { Description = $"Which loops to watch: {string.Join(", ", Scenario.All.Select(scenario => scenario.Name))}; all unless given.", Arity = ArgumentArity.ZeroOrMore };
        Option<int?> steps = new("--steps") { Description = "How many steps each takes." };
        Option<string?> chart = new("--chart") { Description = "A file for the curves of the working set, in SVG." };
        Option<bool> here = new(InThisProcess) { Hidden = true };
        steps.Validators.Add(result =>
        {
            if (result.GetValue(steps) is < 1)
            {
                result.AddError("--steps must be 1 or more.");
            }
        });
        names.AcceptOnlyFromAmong([.. Scenario.All.Select(scenario => scenario.Name)]);
        Command command = new("memory", "Watches the working set of long loops.") { names, steps, chart, here };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(names) is { Length: > 0 } given ? Scenario.All.Where(scenario => given.Contains(scenario.Name)) : Scenario.All;
            List<MemoryRecord> records = [];
            foreach (var scenario in wanted)
            {
                var count = parsed.GetValue(steps) ?? scenario.Steps;
                if (parsed.GetValue(here))
                {
                    Console.WriteLine(JsonSerializer.Serialize(MemoryRecord.Of(scenario, count, Console.Error) with { Scenario = null! }));
                    return 0;
                }

                records.Add(RunElsewhere(scenario, count));
            }

            Console.Write(MemoryReport.Table(records));
            if (parsed.GetValue(chart) is { } file)
            {
                File.WriteAllText(file, MemoryReport.Chart(records));
            }

            return 0;
        });
        return new RootCommand("Benchmarks.") { command }.Parse(["memory", .. arguments]).Invoke();
    }

    private static MemoryRecord RunElsewhere(Scenario scenario, int steps)
        => JsonSerializer.Deserialize<MemoryRecord>(OwnProcess.Run("memory", scenario.Name, "--steps", $"{steps}", InThisProcess))! with { Scenario = scenario };
}
