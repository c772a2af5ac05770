using System.Diagnostics.CodeAnalysis;

namespace Autograd.NN;

/// <summary>Batches that are being made in the background, handed out in their order.</summary>
internal sealed class BatchQueue<T>
{
    private readonly Queue<Task<T>> tasks = new();
    private readonly Task[] lanes;
    private readonly int ahead;
    private readonly int count;
    private readonly Func<int, T> make;
    private int next;
    private volatile bool isStopped;

    /// <summary>Begins.</summary>
    /// <param name="workers">How many are made at once.</param>
    /// <param name="ahead">How many are made ahead.</param>
    /// <param name="count">The number after the last batch.</param>
    /// <param name="make">Makes a batch.</param>
    /// <param name="first">The number of the first.</param>
    public BatchQueue(int workers, int ahead, int count, Func<int, T> make, int first)
    {
        (this.ahead, this.count, this.make, next) = (ahead, count, make, first);
        lanes = new Task[workers];
        Array.Fill(lanes, Task.CompletedTask);
        Fill();
    }

    /// <summary>The next batch, which may still be in the making.</summary>
    public bool TryNext([NotNullWhen(true)] out Task<T>? batch)
    {
        if (!tasks.TryDequeue(out batch))
        {
            return false;
        }

        Fill();
        return true;
    }

    /// <summary>No more batches are begun; what is in the making ends unseen.</summary>
    public void Stop()
    {
        isStopped = true;
        foreach (var task in tasks)
        {
            // An exception that nobody waits for any more is looked at, so that it is not reported as unobserved.
            _ = task.ContinueWith(ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Fill()
    {
        while (tasks.Count < ahead && next < count)
        {
            // Each worker is a lane of batches that are made one after the other.
            var index = next++;
            ref var lane = ref lanes[index % lanes.Length];
            var task = lane.ContinueWith(
                _ => isStopped ? throw new OperationCanceledException("The enumeration has ended.") : make(index), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            tasks.Enqueue(task);
            lane = task;
        }
    }
}
