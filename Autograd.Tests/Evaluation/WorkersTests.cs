using System.Collections.Concurrent;
using Autograd.Evaluation;

namespace Autograd.Tests.Evaluation;

/// <summary>Work in claimed parts.</summary>
[NonParallelizable]
internal sealed class WorkersTests
{
    [Test]
    public void EveryPartIsDoneOnce([Values(0, 1, 2, 7, 1000)] int count, [Values(1, 3, 2000)] int together, [Values(1, 2, 9)] int threads)
    {
        var times = new int[count];
        WithThreads(threads, () => Workers.Do(count, new Each(i => Interlocked.Increment(ref times[i])), together));
        Assert.That(times, Is.All.EqualTo(1));
    }

    [Test]
    public void EachThreadBeginsWithALotOfItsOwn()
    {
        var parts = new ConcurrentQueue<(int Thread, int Part)>();
        WithThreads(2, () => Workers.Do(20, new Each(i =>
        {
            parts.Enqueue((Environment.CurrentManagedThreadId, i));
            Thread.Sleep(1);
        })));
        var (mine, others) = (parts.Where(part => part.Thread == Environment.CurrentManagedThreadId).Select(part => part.Part).ToList(), parts.Where(part => part.Thread != Environment.CurrentManagedThreadId).Select(part => part.Part).ToList());
        Assert.That(mine.Take(10), Is.EqualTo(Enumerable.Range(0, 10).Take(mine.Count)));
        Assert.That(others.Take(10), Is.EqualTo(Enumerable.Range(10, 10).Take(others.Count)));
        Assert.That(mine.Skip(10), Is.EqualTo(mine.Skip(10).OrderDescending()), "taken from the end of another's");
    }

    [Test]
    public void AnExceptionArrivesAndTheOtherPartsAreDone()
    {
        var done = new ConcurrentBag<int>();
        Assert.That(
            () => WithThreads(4, () => Workers.Do(20, new Each(i =>
            {
                if (i == 7)
                {
                    throw new InvalidOperationException("seven");
                }

                done.Add(i);
            }))),
            Throws.InvalidOperationException.With.Message.EqualTo("seven"));
        Assert.That(done, Has.Count.EqualTo(19));
    }

    [Test]
    public void ACallerOnABusyPoolDoesAllByItself()
    {
        ThreadPool.GetMinThreads(out var workers, out _);
        using var release = new ManualResetEventSlim();
        var busy = Enumerable.Range(0, 2 * workers).Select(_ => Task.Run(release.Wait)).ToArray();
        var ids = new ConcurrentBag<int>();
        WithThreads(4, () => Workers.Do(100, new Each(_ => ids.Add(Environment.CurrentManagedThreadId))));
        release.Set();
        Task.WaitAll(busy);
        Assert.That(ids, Has.Count.EqualTo(100));
    }

    [Test]
    public void PartsMayHavePartsOfTheirOwn()
    {
        var sum = 0;
        WithThreads(4, () => Workers.Do(10, new Each(_ => Workers.Do(10, new Each(i => Interlocked.Add(ref sum, i))))));
        Assert.That(sum, Is.EqualTo(450));
    }

    [TestCase(0, 1)]
    [TestCase(0, 130)]
    [TestCase(1, 130)]
    [TestCase(2, 1)]
    public void CopiesAndSumsOfSlicesAreTheSameOnAnyNumberOfThreads(int dim, int width)
    {
        int[] sizes = [7, 7, 7];
        sizes[dim] = 400;
        sizes[2] *= width;
        (double[] Copy, double[] Sum) Run()
        {
            var generator = new Generator(3);
            var x = Tensor.Randn(sizes, DType.Float64, generator: generator);
            var index = Tensor.RandInt(0, 400, [1500], generator: generator);
            return (x.Transpose(0, 2).Flatten().ToArray<double>(), x.IndexAdd(dim, index, x.IndexSelect(dim, index).Sin()).Flatten().ToArray<double>());
        }

        var expected = Run();
        var x = Tensor.Randn(sizes, DType.Float64, generator: new(3));
        Assert.That(expected.Copy[(((3 * sizes[1]) + 2) * sizes[0]) + 1], Is.EqualTo(x[1, 2, 3].Item()));
        foreach (var threads in new[] { 1, 2, 7 })
        {
            WithThreads(threads, () =>
            {
                var (copy, sum) = Run();
                Assert.That(copy.AsSpan().SequenceEqual(expected.Copy), $"the copy on {threads} threads");
                Assert.That(sum.AsSpan().SequenceEqual(expected.Sum), $"the sum on {threads} threads");
            });
        }
    }

    [TestCase(1000, 300)]
    [TestCase(64, 16_384)]
    [TestCase(33, 4096)]
    [TestCase(2050, 130)]
    [TestCase(70_000, 2)]
    public void ColumnsAreReducedAlikeOnAnyNumberOfThreads(int rows, int columns)
    {
        var x = Tensor.Randn([rows, columns], generator: new(5));
        (float[] Sum, float[] Greatest) Run() => (x.Sum(0).ToArray<float>(), x.Amax(0).ToArray<float>());
        var expected = (Sum: Array.Empty<float>(), Greatest: Array.Empty<float>());
        WithThreads(1, () => expected = Run());
        Assert.That(expected.Sum[columns - 1], Is.EqualTo(x[.., ^1].To(DType.Float64).Sum().Item()).Within(1e-2));
        Assert.That(expected.Greatest[columns - 1], Is.EqualTo(x[.., ^1].Amax().Item()));
        foreach (var threads in new[] { 2, 7 })
        {
            WithThreads(threads, () =>
            {
                var (sum, greatest) = Run();
                Assert.That(sum, Is.EqualTo(expected.Sum), $"sums on {threads} threads");
                Assert.That(greatest, Is.EqualTo(expected.Greatest), $"greatest on {threads} threads");
            });
        }
    }

    [Test]
    public void ThereIsAtLeastOneThread() => Assert.That(() => Threads.Count = 0, Throws.TypeOf<ArgumentOutOfRangeException>());

    private static void WithThreads(int count, Action action)
    {
        var before = Threads.Count;
        try
        {
            Threads.Count = count;
            action();
        }
        finally
        {
            Threads.Count = before;
        }
    }

    private readonly struct Each(Action<int> action) : IWork
    {
        public void Do(int index) => action(index);
    }
}
