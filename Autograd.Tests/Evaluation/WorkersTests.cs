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
