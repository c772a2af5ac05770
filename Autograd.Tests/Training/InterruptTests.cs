using Autograd.Optim;

namespace Autograd.Tests.Training;

/// <summary>Ctrl-C in the terminal of a process that trains.</summary>
internal sealed class InterruptTests : FolderTests
{
    private string RunPath => Path.Combine(Folder, "run.safetensors");

    [Test]
    public void EverythingIsSavedAndTheRunGoesOnToTheSameBits()
    {
        using var process = ChildProcess.Talk(RunPath, "obey");
        ChildProcess.Interrupt(process.Id);
        process.ReadToEnd();

        // By itself the run saves at the ends of epochs only.
        var position = Checkpoint.Load(RunPath)!.Texts["position"].Split(' ');
        Assert.That((position[0], int.Parse(position[1], System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(("1", 8)).Or.EqualTo(("1", 10)), "20 batches of 12 an epoch, two of them a step");
        Assert.That(KilledRun.Run(RunPath), Is.EqualTo(KilledRun.Run(null)));
    }

    [Test]
    public void ASecondOneEndsTheProgram()
    {
        using var process = ChildProcess.Talk(RunPath, "hang");
        ChildProcess.Interrupt(process.Id);
        Assert.That(process.WaitForExit(500), Is.False, "The batch has not ended.");
        ChildProcess.Interrupt(process.Id);
        Assert.That(process.WaitForExit(20_000));
        Assert.That(process.ExitCode, Is.EqualTo(128 + 2));
    }
}
