namespace Autograd.Tests.Training;

/// <summary>Processes that train are killed (SIGKILL) at random moments, again and again until one has reached the end: it ends with the bits of a run that nobody has disturbed.</summary>
internal sealed class KillTests : FolderTests
{
    [Test]
    public void AKilledRunEndsWithTheSameBits() => KillAndCompare(kills: 3, seed: 1);

    [Test]
    [Explicit("minutes")]
    [Category("Long")]
    public void AKilledRunEndsWithTheSameBitsAfterFiftyKills() => Assert.That(KillAndCompare(kills: 50, seed: 2), Is.GreaterThan(15), "Every other one is killed as soon as it begins to write.");

    /// <returns>How many left a half written file behind.</returns>
    private int KillAndCompare(int kills, int seed)
    {
        var expected = KilledRun.Run(null);
        var path = Path.Combine(Folder, "run.safetensors");
        var random = new System.Random(seed);
        var (killed, drafts) = (0, 0);
        while (killed < kills)
        {
            using var process = ChildProcess.Start(Folder, "train", path);

            // From the first moments of a checkpoint being there, so that some of its writing is always under way; every other time, in the middle of it.
            process.WaitForNew(path);
            Thread.Sleep(random.Next(0, 60));
            if (killed % 2 == 0)
            {
                process.WaitUntil(HasDraft);
            }

            if (process.HasExited)
            {
                // It was faster than we; what it computed must be right all the same.
                Assert.That(process.ReadToEnd(), Is.EqualTo(expected));
                Array.ForEach(Directory.GetFiles(Folder), File.Delete);
                continue;
            }

            process.Kill();
            process.WaitForExit();
            killed++;
            drafts += HasDraft() ? 1 : 0;
        }

        using var last = ChildProcess.Start(Folder, "train", path);
        Assert.That(last.ReadToEnd(), Is.EqualTo(expected));
        TestContext.Out.WriteLine($"{killed} killed, {drafts} of them while they wrote");
        return drafts;
    }

    private bool HasDraft() => Directory.EnumerateFiles(Folder, "*.next*").Any();
}
