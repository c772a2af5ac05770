using System.Diagnostics;

namespace Autograd.Tests.Training;

/// <summary>Processes that train are killed (SIGKILL) at random moments, again and again until one has reached the end: it ends with the bits of a run that nobody has disturbed.</summary>
internal sealed class KillTests
{
    private string folder = string.Empty;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("autograd").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void AKilledRunEndsWithTheSameBits() => KillAndCompare(kills: 3, seed: 1);

    [Test]
    [Explicit("minutes")]
    [Category("Long")]
    public void AKilledRunEndsWithTheSameBitsAfterFiftyKills() => Assert.That(KillAndCompare(kills: 50, seed: 2), Is.GreaterThan(0), "Some were killed while they wrote.");

    /// <returns>How many left a half written file behind.</returns>
    private int KillAndCompare(int kills, int seed)
    {
        var expected = KilledRun.Run(null);
        var path = Path.Combine(folder, "run.safetensors");
        var random = new System.Random(seed);
        var (killed, duringRuns, drafts) = (0, 0, 0);
        while (killed < kills)
        {
            using var process = Start(path);

            // From the first moments of a checkpoint being there, so that some of its writing is always under way.
            var hadBegun = WaitForProgress(process, path);
            Thread.Sleep(random.Next(0, 60));
            if (process.HasExited)
            {
                // It was faster than we; what it computed must be right all the same.
                Assert.That(process.StandardOutput.ReadToEnd().Trim(), Is.EqualTo(expected));
                Array.ForEach(Directory.GetFiles(folder), File.Delete);
                continue;
            }

            process.Kill();
            process.WaitForExit();
            killed++;
            drafts += Directory.GetFiles(folder, "*.next*").Length > 0 ? 1 : 0;
            duringRuns += hadBegun ? 1 : 0;
        }

        using var last = Start(path);
        var found = last.StandardOutput.ReadToEnd().Trim();
        last.WaitForExit();
        Assert.That(last.ExitCode, Is.Zero, last.StandardError.ReadToEnd());
        Assert.That(found, Is.EqualTo(expected));
        Assert.That(duringRuns, Is.GreaterThan(0));
        TestContext.Out.WriteLine($"{killed} killed, {duringRuns} of them after a checkpoint of theirs, {drafts} while they wrote");
        return drafts;
    }

    /// <summary>Waits until the process has written a checkpoint; false if it has ended before.</summary>
    private static bool WaitForProgress(Process process, string path)
    {
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        while (!process.HasExited)
        {
            if (File.Exists(path) && File.GetLastWriteTimeUtc(path) != before)
            {
                return true;
            }

            Thread.Sleep(1);
        }

        return false;
    }

    private static Process Start(string path)
    {
        var assembly = typeof(KillTests).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "exec", assembly, "train", path })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
