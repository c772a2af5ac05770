using System.Diagnostics;
using System.Reflection;

namespace Autograd.Tests.Training;

/// <summary>This assembly as a program, in a process of its own that can be killed or interrupted.</summary>
internal static class ChildProcess
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["train", var path]:
                Console.WriteLine(KilledRun.Run(path));
                return 0;
            case ["talk", var path, var manner]:
                Console.WriteLine(KilledRun.Talk(path, manner));
                return 0;
            case ["run", var program, .. var rest]:
                return (int)Assembly.LoadFrom(program).EntryPoint!.Invoke(null, [rest])!;
            default:
                return 2;
        }
    }

    /// <summary>Starts the program; its output can be read.</summary>
    public static Process Start(string folder, params string[] arguments)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        return Process.Start(new ProcessStartInfo(host, ["exec", typeof(ChildProcess).Assembly.Location, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
    }

    /// <summary>Starts a run that talks, and waits until it has said what it says at the end of its twentieth batch.</summary>
    public static Process Talk(string path, string manner)
    {
        AssumeInterruptible();
        var process = Start(Path.GetDirectoryName(path)!, "talk", path, manner);
        while (process.StandardOutput.ReadLine() is { } line && line != "batch 20")
        {
        }

        return process;
    }

    /// <summary>Waits until it has written a file anew; false if it has ended before.</summary>
    public static bool WaitForNew(this Process process, string path)
    {
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        return process.WaitUntil(() => File.Exists(path) && File.GetLastWriteTimeUtc(path) != before);
    }

    /// <summary>Waits until something is true; false if it has ended before.</summary>
    public static bool WaitUntil(this Process process, Func<bool> condition)
    {
        while (!process.HasExited)
        {
            if (condition())
            {
                return true;
            }

            Thread.Yield();
        }

        return false;
    }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public static void Interrupt(int process)
    {
        AssumeInterruptible();
        using var kill = Process.Start("kill", ["-INT", $"{process}"]);
        kill.WaitForExit();
    }

    /// <summary>Shells have what they run in the background ignore SIGINT, and whatever that starts.</summary>
    private static void AssumeInterruptible()
    {
        const string Status = "/proc/self/status", Ignored = "SigIgn:";
        const ulong Interrupt = 1 << 1;
        var isIgnored = File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
            && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & Interrupt) != 0;
        Assume.That(isIgnored, Is.False, "The tests were started in a way that has them ignore SIGINT.");
    }

    /// <summary>All that it writes until it ends by itself.</summary>
    public static string ReadToEnd(this Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{errors.Result}\n{text}");
        return text.Trim();
    }
}
