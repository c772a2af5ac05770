using Autograd.NN;

namespace Autograd.Tests.NN.Data;

internal sealed class DataLoaderTests
{
    private static TensorDataset Numbers(int count) => new(Tensor.Arange(count, DType.Float32).Reshape(count, 1), Tensor.Arange(count));

    private static long[][] Labels(IEnumerable<(Tensor X, Tensor Y)> batches) => [.. batches.Select(batch => batch.Y.ToArray<long>())];

    [Test]
    public void BatchesGoThroughTheData()
    {
        var loader = new DataLoader<(Tensor X, Tensor Y)>(Numbers(7), batchSize: 3);
        Assert.That(Labels(loader), Is.EqualTo(new long[][] { [0, 1, 2], [3, 4, 5], [6] }));
        Assert.That(loader.Count, Is.EqualTo(3));
        var dropping = new DataLoader<(Tensor X, Tensor Y)>(Numbers(7), batchSize: 3, dropLast: true);
        Assert.That((Labels(dropping).Length, dropping.Count), Is.EqualTo((2, 2)));
        Assert.That(new DataLoader<(Tensor X, Tensor Y)>(Numbers(0), batchSize: 3).Count, Is.Zero);
    }

    [Test]
    public void EachEpochHasItsOwnOrderAndCanBeHadAgain()
    {
        var loader = new DataLoader<(Tensor X, Tensor Y)>(Numbers(20), 4, shuffle: true, generator: new(5));
        var (first, second) = (Labels(loader), Labels(loader));
        Assert.That(first, Is.Not.EqualTo(second));
        Assert.That(first.SelectMany(label => label).Order(), Is.EqualTo(Enumerable.Range(0, 20)));
        Assert.That(Labels(loader.Epoch(0)), Is.EqualTo(first));
        Assert.That(Labels(loader.Epoch(1, first: 2)), Is.EqualTo(second[2..]));
        Assert.That(Labels(new DataLoader<(Tensor X, Tensor Y)>(Numbers(20), 4, shuffle: true, generator: new(5))), Is.EqualTo(first));
        Assert.That(Labels(new DataLoader<(Tensor X, Tensor Y)>(Numbers(20), 4, shuffle: true, generator: new(6))), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task WorkersChangeNothing()
    {
        List<float[]>? expected = null;
        foreach (var (workers, prefetch) in new (int, int?)[] { (0, null), (1, 1), (2, null), (3, 7), (8, 100) })
        {
            // Drawn for the example, for the batch, and from the default generator.
            var data = Numbers(40).Select((pair, generator) => (pair.X + Tensor.Rand([1], generator: generator), pair.Y));
            var loader = new DataLoader<(Tensor X, Tensor Y)>(
                data, 3, shuffle: true, workers: workers, prefetch: prefetch, generator: new(1), transform: (batch, generator) => (Augment.Noise(batch.X, 0.1, generator), batch.Y));
            List<float[]> found = [.. loader.Select(batch => batch.X.Flatten().ToArray<float>())];
            await foreach (var (x, _) in loader)
            {
                found.Add(x.Flatten().ToArray<float>());
            }

            expected ??= found;
            Assert.That(found, Is.EqualTo(expected), $"{workers} workers");
        }

        Assert.That(expected, Has.Count.EqualTo(28));
    }

    [Test]
    public void AWorkersExceptionSurfacesWithItsExample([Values(0, 2)] int workers)
    {
        var data = Numbers(10).Select(pair => pair.Y.Item() == 7 ? throw new FormatException("this one is bad") : pair);
        var seen = 0;
        var error = Assert.Throws<DataException>(() =>
        {
            foreach (var batch in new DataLoader<(Tensor X, Tensor Y)>(data, 3, workers: workers))
            {
                seen++;
            }
        });
        Assert.That(seen, Is.EqualTo(2));
        Assert.That(error!.Message, Does.Contain("example 7 of 10").And.Contains("this one is bad"));
        Assert.That(error.InnerException, Is.InstanceOf<FormatException>());
    }

    [Test]
    public async Task AnEnumerationCanEndEarly()
    {
        var made = 0;
        var data = Numbers(1000).Select(pair =>
        {
            Interlocked.Increment(ref made);
            return pair;
        });
        var loader = new DataLoader<(Tensor X, Tensor Y)>(data, 1, workers: 2, prefetch: 4);
        Assert.That(loader.First().Y.Item(), Is.Zero);
        using var cancelled = new CancellationTokenSource();
        Assert.That(
            async () =>
            {
                await foreach (var batch in loader.AsAsyncEnumerable(cancelled.Token))
                {
                    await cancelled.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
        await Task.Delay(50);
        Assert.That(Volatile.Read(ref made), Is.LessThan(30));
    }

    [Test]
    public void WeightsDecideHowOftenAnExampleComes()
    {
        double[] weights = [0, 1, 0, 3, 0];
        var loader = new DataLoader<(Tensor X, Tensor Y)>(new SubsetOf(Numbers(5), 2000), 100, generator: new(3), weights: [.. Enumerable.Range(0, 2000).Select(i => weights[i % 5])]);
        var counts = Labels(loader).SelectMany(label => label).CountBy(label => label).ToDictionary();
        Assert.That(counts.Keys, Is.EquivalentTo(new long[] { 1, 3 }));
        Assert.That(counts[3] / 2000.0, Is.EqualTo(0.75).Within(0.05));
    }

    [Test]
    public void MisuseIsExplained()
    {
        Assert.That(() => new DataLoader<(Tensor X, Tensor Y)>(Numbers(3), 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new DataLoader<(Tensor X, Tensor Y)>(Numbers(3), weights: [1, 2]), Throws.ArgumentException.With.Message.Contains("each of the 3 examples"));
        Assert.That(() => new DataLoader<(Tensor X, Tensor Y)>(Numbers(3), weights: [1, 2, 3], shuffle: true), Throws.ArgumentException.With.Message.Contains("leave out shuffle"));
        Assert.That(() => new DataLoader<string>(new Words(), 2).First(), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("Collate"));
        Assert.That(() => new TensorDataset(Tensor.Ones([3, 1]), Tensor.Ones([4])), Throws.InstanceOf<ShapeException>().With.Message.Contains("[3, 1]"));
        var ragged = Numbers(4).Select(pair => (Tensor.Ones([1 + (int)pair.Y.Item()]), pair.Y));
        Assert.That(() => new DataLoader<(Tensor, Tensor)>(ragged, 2).First(), Throws.InstanceOf<ShapeException>().With.Message.Contains("pad, crop"));
    }

    [Test]
    public void SplitsPartTheExamples()
    {
        var (train, test) = Numbers(10).Split(0.7, new(2));
        Assert.That((train.Count, test.Count), Is.EqualTo((7, 3)));
        Assert.That(train.Concat(test).Select(pair => pair.Y.Item()).Order(), Is.EqualTo(Enumerable.Range(0, 10)));
        var folds = Numbers(10).KFold(3, new(2));
        Assert.That(folds.Select(fold => fold.Train.Count + fold.Validation.Count), Is.All.EqualTo(10));
        Assert.That(folds.SelectMany(fold => fold.Validation).Select(pair => pair.Y.Item()).Order(), Is.EqualTo(Enumerable.Range(0, 10)));
        var parts = Splits.Stratified(Tensor.From([.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 1L : 0)]), [0.5, 0.25, 0.25], new(2));
        Assert.That(parts.Select(part => (part.Length, part.Count(i => i % 4 == 0))), Is.EqualTo(new[] { (20, 5), (10, 3), (10, 2) }).Or.EqualTo(new[] { (20, 5), (10, 2), (10, 3) }));
        Assert.That(() => Splits.Random(10, [0.7, 0.7]), Throws.ArgumentException.With.Message.Contains("sum up to 1"));
        Assert.That(() => Numbers(3).KFold(4), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Numbers(3).Subset([3]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("3 examples"));
    }

    private sealed class SubsetOf(Dataset<(Tensor X, Tensor Y)> source, int count) : Dataset<(Tensor X, Tensor Y)>
    {
        public override int Count => count;

        public override (Tensor X, Tensor Y) this[int index] => source[index % source.Count];
    }

    private sealed class Words : Dataset<string>
    {
        public override int Count => 3;

        public override string this[int index] => "abc"[index].ToString();
    }
}
