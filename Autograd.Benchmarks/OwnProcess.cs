using System.Diagnostics;

namespace Autograd.Benchmarks;

/// <summary>This program once more, in a process of its own, which sees nothing that another left behind.</summary>
internal static class OwnProcess
{
    /// <summary>What it prints when it is run with some arguments.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? answer : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
    }
}
