namespace Autograd.Tests.Training;

/// <summary>Examples that are killed (SIGKILL) while they train, and started again, end with the weights of a run that nobody has disturbed, bit for bit.</summary>
internal sealed class ExampleTests : FolderTests
{
    [Test]
    public void AKilledExampleEndsWithTheSameWeights() => KillAndCompare("gpt", kills: 1);

    [TestCase("digits")]
    [TestCase("fashion_mnist")]
    [TestCase("gpt")]
    [Explicit("a minute")]
    [Category("Long")]
    public void EachExampleEndsWithTheSameWeightsAfterManyKills(string name) => KillAndCompare(name, kills: 5);

    private void KillAndCompare(string name, int kills)
    {
        var program = ExampleProgram.Compile(name, Folder);
        var (whole, broken) = (Directory.CreateDirectory(Path.Combine(Folder, "whole")).FullName, Directory.CreateDirectory(Path.Combine(Folder, "broken")).FullName);
        System.Diagnostics.Process Start(string place) => ChildProcess.Start(place, "run", program, "--quick");
        using (var undisturbed = Start(whole))
        {
            Assert.That(undisturbed.ReadToEnd(), Does.Not.Contain("Taken up from"));
        }

        var checkpoint = Path.Combine(broken, $"{name}{(name == "digits" ? string.Empty : ".quick")}.checkpoint.safetensors");
        var weights = Path.Combine(broken, name + ".safetensors");
        var random = new System.Random(1);
        var killed = 0;
        while (killed == 0 || !File.Exists(weights))
        {
            using var process = Start(broken);
            if (killed < kills && process.WaitForNew(checkpoint))
            {
                Thread.Sleep(random.Next(0, 30));
                process.Kill();
                process.WaitForExit();
                killed++;
            }
            else if (killed == 0)
            {
                // It was faster than we.
                process.ReadToEnd();
                Array.ForEach(Directory.GetFiles(broken), File.Delete);
            }
            else
            {
                Assert.That(process.ReadToEnd(), Does.Contain("Taken up from"));
            }
        }

        Assert.That(File.ReadAllBytes(weights), Is.EqualTo(File.ReadAllBytes(Path.Combine(whole, name + ".safetensors"))));
        TestContext.Out.WriteLine($"{name}: killed {killed} times");
    }
}
