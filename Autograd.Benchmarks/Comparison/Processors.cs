using System.Diagnostics;

namespace Autograd.Benchmarks.Comparison;

/// <summary>Limits a run to some processors. A thread pool does not go below the number of processors, so the process is started again, bound to as many as it may use;
/// a peer that it starts inherits the limit.</summary>
internal static class Processors
{
    /// <summary>Whether this process may use more than <paramref name="threads"/> processors and has to be started again.</summary>
    public static bool Exceed(int threads) => Environment.ProcessorCount > threads;

    /// <summary>Runs this program again on the first processors that it may use. Called on the main thread, whose affinity a started process inherits on Linux.</summary>
    /// <returns>The exit code.</returns>
    public static int RunAgain(int threads, string[] arguments)
    {
        Restrict(threads);
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        var start = new ProcessStartInfo(program);
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(Processors).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_PROCESSOR_COUNT"] = $"{threads}";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Restrict(int threads)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            // Elsewhere a process cannot be bound; the number of processors that .NET sees is limited all the same.
            return;
        }

        using var process = Process.GetCurrentProcess();
        var (all, some) = ((long)process.ProcessorAffinity, 0L);
        for (var bit = 0; bit < 64 && threads > 0; bit++)
        {
            if ((all & (1L << bit)) != 0)
            {
                some |= 1L << bit;
                threads--;
            }
        }

        process.ProcessorAffinity = (nint)some;
    }
}
