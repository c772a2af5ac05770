using System.Runtime.ExceptionServices;

namespace Autograd.Evaluation;

/// <summary>Work in numbered parts that do not depend on each other.</summary>
internal interface IWork
{
    /// <summary>Does part <paramref name="index"/>; several threads call it for different parts.</summary>
    void Do(int index);
}

/// <summary>Does the parts of some work on several threads. Each has a lot of its own, of neighbouring parts, the same for the same work, so that what it reads and writes is still in the caches of its core
/// when the next operation reads it; whoever is done takes from the end of another's lot. So the calling thread never waits for one that is busy with something else,
/// and a caller that is itself one of many parallel ones does all of its work alone.</summary>
internal static class Workers
{
    /// <summary>Does parts 0 to <paramref name="count"/> − 1 and returns when all are done.</summary>
    /// <param name="count">The number of parts.</param>
    /// <param name="work">The work.</param>
    /// <param name="together">So many parts in a row are worth a thread's while.</param>
    /// <exception cref="Exception">What the first part that failed threw.</exception>
    public static void Do<TWork>(int count, TWork work, int together = 1)
        where TWork : struct, IWork
    {
        var turns = (int)(((long)count + together - 1) / together);
        var helpers = Math.Min(Threads.Count, turns) - 1;
        if (helpers <= 0)
        {
            for (var i = 0; i < count; i++)
            {
                work.Do(i);
            }

            return;
        }

        var shared = new Shared<TWork>(work, count, together, turns, helpers + 1);
        for (var i = 0; i < helpers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(shared, preferLocal: false);
        }

        shared.Execute(0);
        shared.Wait();
    }

    private sealed class Shared<TWork> : IThreadPoolWorkItem
        where TWork : struct, IWork
    {
        private readonly int count;
        private readonly int together;
        private readonly int turns;

        /// <summary>What is left of each lot: the first turn in the lower half, the end in the upper half.</summary>
        private readonly long[] lots;
        private TWork work;
        private int helpers;
        private int done;
        private ExceptionDispatchInfo? failure;

        public Shared(TWork work, int count, int together, int turns, int threads)
        {
            (this.work, this.count, this.together, this.turns) = (work, count, together, turns);
            lots = new long[threads];
            for (var i = 0; i < threads; i++)
            {
                lots[i] = ((long)turns * (i + 1) / threads << 32) | ((long)turns * i / threads);
            }
        }

        public void Execute() => Execute(Interlocked.Increment(ref helpers));

        public void Execute(int thread)
        {
            for (var i = 0; i < lots.Length; i++)
            {
                while (Take(ref lots[(thread + i) % lots.Length], isOwn: i == 0) is >= 0 and var turn)
                {
                    Do(turn);
                }
            }
        }

        /// <summary>The first turn left of a thread's own lot, the last of another's; −1 if there is none.</summary>
        private static int Take(ref long lot, bool isOwn)
        {
            while (true)
            {
                var before = Volatile.Read(ref lot);
                var (first, end) = ((int)before, (int)(before >> 32));
                if (first == end)
                {
                    return -1;
                }

                if (Interlocked.CompareExchange(ref lot, isOwn ? before + 1 : before - (1L << 32), before) == before)
                {
                    return isOwn ? first : end - 1;
                }
            }
        }

        private void Do(int turn)
        {
            try
            {
                var end = (int)Math.Min((turn + 1L) * together, count);
                for (var i = turn * together; i < end; i++)
                {
                    work.Do(i);
                }
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }

            Interlocked.Increment(ref done);
        }

        /// <summary>Waits for parts that other threads have begun: at most as long as one turn takes.</summary>
        public void Wait()
        {
            var wait = default(SpinWait);
            while (Volatile.Read(ref done) < turns)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }

            // A thread of the pool holds what it has done last, for as long as it is idle; the tensors in it must not live on with that.
            work = default;
            failure?.Throw();
        }
    }
}
