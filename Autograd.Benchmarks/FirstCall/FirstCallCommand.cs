using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Autograd.Benchmarks.FirstCall;

/// <summary>The command line that times a kernel's first call, which waits for the compiler, its second and its hundredth, each kernel in a process of its own.</summary>
internal static class FirstCallCommand
{
    private const string InThisProcess = "--in-this-process";

    /// <summary>Measures, and returns 0 if every call came to its end.</summary>
    public static int Run(string[] arguments)
    {
        Argument<string[]> names = new("call") { Description = $"What to call: {string.Join(", ", Calls.All.Keys)}; all unless given.", Arity = ArgumentArity.ZeroOrMore };
        Option<int> processes = new("--processes") { Description = "Processes for each call, whose medians count.", DefaultValueFactory = _ => 3 };
        Option<bool> here = new(InThisProcess) { Hidden = true };
        names.AcceptOnlyFromAmong([.. Calls.All.Keys]);
        processes.Validators.Add(result =>
        {
            if (result.GetValue(processes) < 1)
            {
                result.AddError("--processes must be 1 or more.");
            }
        });
        Command command = new("first-call", "Times first calls.") { names, processes, here };
        command.SetAction(parsed =>
        {
            string[] wanted = parsed.GetValue(names) is { Length: > 0 } given ? given : [.. Calls.All.Keys];
            if (parsed.GetValue(here))
            {
                Console.WriteLine(string.Join(' ', Measure(Calls.All[wanted[0]]).Select(time => time.ToString("R", CultureInfo.InvariantCulture))));
                return 0;
            }

            Console.WriteLine("| Call | First | Second | Hundredth |\n|---|---:|---:|---:|");
            foreach (var name in wanted)
            {
                double[][] times = [.. Enumerable.Range(0, parsed.GetValue(processes)).Select(_ => Times(name))];
                var medians = Enumerable.Range(0, 3).Select(i => times.Select(time => time[i]).Order().ElementAt(times.Length / 2));
                Console.WriteLine($"| {name} | {string.Join(" | ", medians.Select(time => string.Create(CultureInfo.InvariantCulture, $"{time:F3} ms")))} |");
            }

            return 0;
        });
        return new RootCommand("Benchmarks.") { command }.Parse(["first-call", .. arguments]).Invoke();
    }

    private static double[] Times(string name)
        => [.. OwnProcess.Run("first-call", name, InThisProcess).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>Milliseconds of the first call, the second, and the hundredth. Inputs are there before, so that what every program pays is not counted.</summary>
    private static double[] Measure(Func<Action> make)
    {
        var call = make();
        var times = new double[100];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return [times[0], times[1], times[^1]];
    }
}
