using System.Runtime.ExceptionServices;

namespace Autograd.Evaluation;

/// <summary>Work in numbered parts that do not depend on each other.</summary>
internal interface IWork
{
    /// <summary>Does part <paramref name="index"/>; several threads call it for different parts.</summary>
    void Do(int index);
}

/// <summary>Does the parts of some work on several threads. The calling thread takes whatever part nobody has begun, so it never waits for a thread that is busy with something else,
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

        var shared = new Shared<TWork>(work, count, together, turns);
        for (var i = 0; i < helpers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(shared, preferLocal: false);
        }

        shared.Execute();
        shared.Wait();
    }

    private sealed class Shared<TWork>(TWork work, int count, int together, int turns) : IThreadPoolWorkItem
        where TWork : struct, IWork
    {
        private int begun;
        private int done;
        private ExceptionDispatchInfo? failure;

        public void Execute()
        {
            for (int turn; (turn = Interlocked.Increment(ref begun) - 1) < turns;)
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
        }

        /// <summary>Waits for parts that other threads have begun: at most as long as one turn takes.</summary>
        public void Wait()
        {
            var wait = default(SpinWait);
            while (Volatile.Read(ref done) < turns)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }

            failure?.Throw();
        }
    }
}
