using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Tests.Training;

internal sealed class CheckpointTests
{
    private string folder = string.Empty;
    private string path = string.Empty;

    private static readonly Dictionary<string, Tensor> Tensors = new(StringComparer.Ordinal) { ["a"] = Tensor.From([1.5f, -2]), ["empty"] = Tensor.Zeros([0, 3]), ["n"] = Tensor.From([7L]), ["t"] = Tensor.From([true, false, true]) };

    [SetUp]
    public void MakeFolder()
    {
        folder = Directory.CreateTempSubdirectory("autograd").FullName;
        path = Path.Combine(folder, "run.safetensors");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    private void Save(string text) => Checkpoint.Save(path, Tensors, new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = text });

    [Test]
    public void WhatIsSavedIsRead()
    {
        Assert.That(Checkpoint.Load(path), Is.Null);
        Save("first");
        Save("second");
        var loaded = Checkpoint.Load(path)!;
        Assert.That((loaded.Texts["text"], loaded.Refused, loaded.Path), Is.EqualTo(("second", (string?)null, path)));
        Assert.That(loaded.Tensors.Keys, Is.EquivalentTo(Tensors.Keys));
        Assert.That(loaded.Tensors["a"].ToArray<float>(), Is.EqualTo(new[] { 1.5f, -2 }));
        Assert.That(loaded.Part("em").Keys, Is.EqualTo(new[] { "pty" }));
        Assert.That(Safetensors.Load(path).Keys, Is.EquivalentTo(Tensors.Keys), "Any reader of the format can look into it.");
        Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(2), "The file and the one before it, no drafts.");
    }

    [Test]
    public void AnyDamageIsFoundAndTheFileBeforeIsTaken()
    {
        Save("first");
        Save("second");
        var (whole, harmless) = (File.ReadAllBytes(path), 0);
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            AssertRefused();
        }

        for (var place = 0; place < whole.Length; place++)
        {
            var altered = (byte[])whole.Clone();
            altered[place] ^= 4;
            File.WriteAllBytes(path, altered);
            AssertRefused(place);
        }

        Assert.That(harmless, Is.LessThan(10));

        void AssertRefused(int place = -1)
        {
            var loaded = Checkpoint.Load(path)!;
            if (loaded.Refused is null)
            {
                // The header has some freedom, such as the place of a tensor without elements; what is read is what was written.
                Assert.That((loaded.Texts.Count, loaded.Texts["text"]), Is.EqualTo((1, "second")), $"byte {place}");
                Assert.That(loaded.Tensors.ToDictionary(pair => pair.Key, pair => $"{pair.Value.DType} {pair.Value.Shape} {pair.Value}", StringComparer.Ordinal), Is.EquivalentTo(Tensors.ToDictionary(pair => pair.Key, pair => $"{pair.Value.DType} {pair.Value.Shape} {pair.Value}", StringComparer.Ordinal)));
                harmless++;
                return;
            }

            Assert.That(loaded.Texts["text"], Is.EqualTo("first"));
            Assert.That(loaded.Refused, Does.Contain(path));
        }
    }

    [Test]
    public void IfBothAreDamagedTheErrorSaysSo()
    {
        Save("first");
        Save("second");
        File.WriteAllText(path, "x");
        File.WriteAllText(path + ".previous", "y");
        Assert.That(() => Checkpoint.Load(path), Throws.InstanceOf<CheckpointException>().With.Message.Contains("no whole checkpoint"));
        Safetensors.Save(path, Tensors);
        File.Delete(path + ".previous");
        Assert.That(() => Checkpoint.Load(path), Throws.InstanceOf<CheckpointException>().With.Message.Contains("without a check sum"));
    }

    [Test]
    public void DraftsOfKilledWritersAreRemoved()
    {
        File.WriteAllText(path + ".next.1234.tmp", "half");
        File.WriteAllText(path + ".next", "half");
        Save("whole");
        Assert.That(Directory.GetFiles(folder), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void BetweenTheTwoRenamesTheFormerFileCounts()
    {
        Save("first");
        Save("second");
        File.Move(path, path + ".previous", overwrite: true);
        Assert.That(Checkpoint.Load(path)!.Texts["text"], Is.EqualTo("second"));
    }

    [Test]
    public void ACancelledRunGoesOnToTheSameBits([Values(1, 2, 13, 25, 48)] int batches)
    {
        var expected = KilledRun.Run(null);
        using var cancellation = new CancellationTokenSource();
        var counter = new CancelAfter(batches, cancellation);
        KilledRun.Run(path, callback: counter, cancellation: cancellation.Token);
        Assert.That(counter.Seen, Is.LessThanOrEqualTo(batches + 1), "The run ends after the current step.");
        Assert.That(KilledRun.Run(path), Is.EqualTo(expected));
    }

    [Test]
    public void AFinishedRunIsNotBegunAgainButLengthened()
    {
        var shorter = KilledRun.Run(path, epochs: 3);
        Assert.That(KilledRun.Run(path, epochs: 3), Is.EqualTo(shorter));
        Assert.That(KilledRun.Run(path), Is.EqualTo(KilledRun.Run(null)));
    }

    [Test]
    public void ACheckpointOfAnotherRunIsRefused()
    {
        KilledRun.Run(path, epochs: 1);
        var model = new Sequential(new Linear(2, 2));
        History Fit(TensorDataset data, Sequential network) => Trainer.Fit(network, new DataLoader<(Tensor X, Tensor Y)>(data, 8), Loss.CrossEntropy, new Adam(network.Parameters()), new() { Checkpoint = new(path) });
        Assert.That(() => Fit(Synthetic.Moons(50), model), Throws.InstanceOf<TrainingException>().With.Message.Contains("over 96 examples in batches of 8"));
        Assert.That(() => Fit(Synthetic.Moons(96), model), Throws.InstanceOf<TrainingException>().With.Message.Contains("another model or optimizer"));
        Checkpoint.Save(path, Tensors, new Dictionary<string, string>(StringComparer.Ordinal));
        Assert.That(() => Fit(Synthetic.Moons(96), model), Throws.InstanceOf<TrainingException>().With.Message.Contains("no checkpoint of a training run"));
        var anew = Trainer.Fit(model, new DataLoader<(Tensor X, Tensor Y)>(Synthetic.Moons(96), 8), Loss.CrossEntropy, new Adam(model.Parameters()), new() { Checkpoint = new(path, Resume: false) });
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
