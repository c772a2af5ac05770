using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Tests.Training;

internal sealed class CheckpointTests : FolderTests
{
    private string RunPath => Path.Combine(Folder, "run.safetensors");

    private static readonly Dictionary<string, Tensor> Tensors = new(StringComparer.Ordinal) { ["a"] = Tensor.From([1.5f, -2]), ["empty"] = Tensor.Zeros([0, 3]), ["n"] = Tensor.From([7L]), ["t"] = Tensor.From([true, false, true]) };

    private void Save(string text) => Checkpoint.Save(RunPath, Tensors, new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = text });

    [Test]
    public void WhatIsSavedIsRead()
    {
        Assert.That(Checkpoint.Load(RunPath), Is.Null);
        Save("first");
        Save("second");
        var loaded = Checkpoint.Load(RunPath)!;
        Assert.That((loaded.Texts["text"], loaded.Refused, loaded.Path), Is.EqualTo(("second", (string?)null, RunPath)));
        Assert.That(loaded.Tensors.Keys, Is.EquivalentTo(Tensors.Keys));
        Assert.That(loaded.Tensors["a"].ToArray<float>(), Is.EqualTo(new[] { 1.5f, -2 }));
        Assert.That(loaded.Part("em").Keys, Is.EqualTo(new[] { "pty" }));
        Assert.That(Safetensors.Load(RunPath).Keys, Is.EquivalentTo(Tensors.Keys), "Any reader of the format can look into it.");
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(2), "The file and the one before it, no drafts.");
    }

    [TestCase(1)]
    [TestCase(8, Explicit = true, Reason = "ten seconds", Category = "Long")]
    public void AnyDamageIsFoundAndTheFileBeforeIsTaken(int bitsOfEachByte)
    {
        Save("first");
        Save("second");
        var whole = File.ReadAllBytes(RunPath);
        for (var length = 0; length < whole.Length; length++)
        {
            AssertRefused(whole[..length], $"cut off at {length}");
        }

        for (var i = 0; i < bitsOfEachByte * whole.Length; i++)
        {
            var (place, bit) = (i % whole.Length, ((i % whole.Length) + (i / whole.Length)) % 8);
            var altered = (byte[])whole.Clone();
            altered[place] ^= (byte)(1 << bit);
            AssertRefused(altered, $"bit {bit} of byte {place}");
        }

        AssertRefused([.. whole, 0], "a byte too many");
        Assert.That(whole, Has.Length.GreaterThan(300));

        void AssertRefused(byte[] bytes, string damage)
        {
            File.WriteAllBytes(RunPath, bytes);
            var loaded = Checkpoint.Load(RunPath)!;
            if (loaded.Refused?.Contains(RunPath, StringComparison.Ordinal) != true || loaded.Texts["text"] != "first")
            {
                Assert.Fail($"{damage}: taken for whole; {loaded.Refused}");
            }
        }
    }

    [Test]
    public void TheCheckSumIsOverTheFileAsAnyoneCanComputeIt()
    {
        Save("first");
        var text = File.ReadAllText(RunPath, System.Text.Encoding.Latin1);
        using var file = Safetensors.Open(RunPath);
        var sum = file.Metadata["sha256"];
        var blank = System.Text.Encoding.Latin1.GetBytes(text.Replace(sum, new string('0', 64), StringComparison.Ordinal));
        Assert.That(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(blank)), Is.EqualTo(sum));
        Assert.That(() => Checkpoint.Save(RunPath, Tensors, new Dictionary<string, string>(StringComparer.Ordinal) { ["sha256"] = "mine" }), Throws.ArgumentException.With.Message.Contains("sha256"));
    }

    [Test]
    public void IfBothAreDamagedTheErrorSaysSo()
    {
        Save("first");
        Save("second");
        File.WriteAllText(RunPath, "x");
        File.WriteAllText(RunPath + ".previous", "y");
        Assert.That(() => Checkpoint.Load(RunPath), Throws.InstanceOf<CheckpointException>().With.Message.Contains("no whole checkpoint"));
        Safetensors.Save(RunPath, Tensors);
        File.Delete(RunPath + ".previous");
        Assert.That(() => Checkpoint.Load(RunPath), Throws.InstanceOf<CheckpointException>().With.Message.Contains("no check sum at its beginning"));
    }

    [Test]
    public void DraftsOfKilledWritersAreRemoved()
    {
        File.WriteAllText(RunPath + ".next.1234.tmp", "half");
        File.WriteAllText(RunPath + ".next", "half");
        Save("whole");
        Assert.That(Directory.GetFiles(Folder), Is.EqualTo(new[] { RunPath }));
    }

    [Test]
    public void BetweenTheTwoRenamesTheFormerFileCounts()
    {
        Save("first");
        Save("second");
        File.Move(RunPath, RunPath + ".previous", overwrite: true);
        Assert.That(Checkpoint.Load(RunPath)!.Texts["text"], Is.EqualTo("second"));
    }

    [Test]
    public void ACancelledRunGoesOnToTheSameBits([Values(1, 2, 13, 25, 48)] int batches)
    {
        var expected = KilledRun.Run(null);
        using var cancellation = new CancellationTokenSource();
        var counter = new CancelAfter(batches, cancellation);
        KilledRun.Run(RunPath, callback: counter, cancellation: cancellation.Token);
        Assert.That(counter.Seen, Is.LessThanOrEqualTo(batches + 1), "The run ends after the current step.");
        Assert.That(KilledRun.Run(RunPath), Is.EqualTo(expected));
    }

    [Test]
    public void AFinishedRunIsNotBegunAgainButLengthened()
    {
        var shorter = KilledRun.Run(RunPath, epochs: 3);
        Assert.That(KilledRun.Run(RunPath, epochs: 3), Is.EqualTo(shorter));
        Assert.That(KilledRun.Run(RunPath), Is.EqualTo(KilledRun.Run(null)));
    }

    [Test]
    public void ACheckpointOfAnotherRunIsRefused()
    {
        KilledRun.Run(RunPath, epochs: 1);
        var model = new Sequential(new Linear(2, 2));
        History Fit(TensorDataset data, Sequential network, bool alike = true) => Trainer.Fit(network, new DataLoader<(Tensor X, Tensor Y)>(data, 8), Loss.CrossEntropy, new Adam(network.Parameters()), new()
        {
            Checkpoint = new(RunPath),
            Metrics = alike ? [Metric.Accuracy(), Metric.F1()] : [],
            Average = alike ? WeightAverage.Equal(network.Parameters()) : null,
        });
        Assert.That(() => Fit(Synthetic.Moons(50), model), Throws.InstanceOf<TrainingException>().With.Message.Contains("over 96 examples in batches of 8"));
        Assert.That(() => Fit(Synthetic.Moons(96), model), Throws.InstanceOf<TrainingException>().With.Message.Contains("another model or optimizer"));
        Assert.That(() => Fit(Synthetic.Moons(96), model, alike: false), Throws.InstanceOf<TrainingException>().With.Message.Contains("2 metrics and an average of the weights; this one has 0 metrics and none"));
        Checkpoint.Save(RunPath, Tensors, new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.That(() => Fit(Synthetic.Moons(96), model), Throws.InstanceOf<TrainingException>().With.Message.Contains("no checkpoint of a training run"));
        var anew = Trainer.Fit(model, new DataLoader<(Tensor X, Tensor Y)>(Synthetic.Moons(96), 8), Loss.CrossEntropy, new Adam(model.Parameters()), new() { Checkpoint = new(RunPath, Resume: false) });
        Assert.That((anew.Count, anew.Notes.Count), Is.EqualTo((1, 0)));
    }

    private sealed class CancelAfter(int batches, CancellationTokenSource cancellation) : TrainingCallback
    {
        public int Seen { get; private set; }

        public override void OnBatchEnd(TrainingContext run)
        {
            if (++Seen == batches)
            {
                cancellation.Cancel();
            }
        }
    }
}
