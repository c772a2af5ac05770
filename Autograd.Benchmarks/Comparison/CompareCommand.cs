using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Autograd.Benchmarks.Comparison;

/// <summary>The command line of the comparison.</summary>
internal static class CompareCommand
{
    /// <summary>Compares, and returns 0 if every result agreed.</summary>
    public static int Run(string[] arguments)
    {
        Option<int> threads = new("--threads") { Description = "How many threads either side may use.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string?> filter = new("--filter") { Description = "Only workloads whose family or name contains this, or one of several parts separated by commas." };
        Option<string?> peer = new("--peer") { Description = "The command that starts the peer; otherwise python3 with torch, if there is one." };
        Option<string> workloads = new("--workloads") { Description = "Another list of workloads.", DefaultValueFactory = _ => WorkloadList.DefaultFile };
        Option<string?> json = new("--json") { Description = "A file for the figures in JSON." };
        Option<int> rounds = new("--rounds") { Description = "How often each side is timed; the median counts.", DefaultValueFactory = _ => 7 };
        Option<bool> check = new("--check") { Description = "Compare results only, and time nothing." };
        threads.Validators.Add(result => RequireRange(result, threads, Environment.ProcessorCount));
        rounds.Validators.Add(result => RequireRange(result, rounds, int.MaxValue));
        Command command = new("compare", "Measures each workload here and in a peer process, and prints a table of both.") { threads, filter, peer, workloads, json, rounds, check };

        command.SetAction(parsed =>
        {
            CompareOptions options = new(
                parsed.GetValue(threads), parsed.GetValue(filter), parsed.GetValue(peer), parsed.GetValue(workloads)!, parsed.GetValue(json), parsed.GetValue(rounds), parsed.GetValue(check));
            return Processors.Exceed(options.Threads) ? Processors.RunAgain(options.Threads, ["compare", .. arguments]) : Compare(options);
        });
        return new RootCommand("Benchmarks.") { command }.Parse(["compare", .. arguments]).Invoke();
    }

    private static int Compare(CompareOptions options)
    {
        try
        {
            var workloads = WorkloadList.Filter(WorkloadList.Load(options.Workloads), options.Filter);
            if (workloads.Count == 0)
            {
                throw new WorkloadException($"No workload contains '{options.Filter}' in its family or name.");
            }

            using var peer = StartPeer(options);
            ComparisonRun run = new(new OurSide(), peer, options.Rounds, Console.Error);
            if (options.CheckOnly)
            {
                return run.Check(workloads) ? 0 : 1;
            }

            var peaks = MachinePeaks.Measure(options.Threads);
            List<ComparisonRow> rows = [.. workloads.Select(workload => run.Measure(workload, peaks))];
            Console.WriteLine($"{run.Sides}; {Counted(options.Threads, "thread")}; {peaks}.\n");
            Console.Write(MarkdownReport.Of(rows));
            if (options.JsonFile is { } file)
            {
                File.WriteAllText(file, JsonReport.Of(rows, options.Threads));
            }

            return rows.TrueForAll(row => row.Error is null) ? 0 : 1;
        }
        catch (Exception exception) when (exception is WorkloadException or PeerException or IOException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static PeerSide? StartPeer(CompareOptions options)
    {
        if (options.Peer is { } command)
        {
            return PeerSide.Start(command, options.Threads);
        }

        if (HasTorch())
        {
            return PeerSide.Start($"python3 \"{Path.Combine(AppContext.BaseDirectory, "Comparison", "pytorch_peer.py")}\"", options.Threads);
        }

        Console.Error.WriteLine("There is no peer: python3 does not find torch. Name a command with --peer, or go on with our side alone.");
        return null;
    }

    private static bool HasTorch()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", "-c \"import torch\"") { UseShellExecute = false, RedirectStandardError = true });
            python!.StandardError.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void RequireRange(System.CommandLine.Parsing.OptionResult result, Option<int> option, int greatest)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && (value < 1 || value > greatest))
        {
            result.AddError(value < 1 ? $"{option.Name} is above 0." : $"{option.Name} {value}: there are only {Counted(greatest, "processor")}.");
        }
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
