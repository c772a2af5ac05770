using System.Diagnostics;

namespace Autograd.Evaluation;

/// <summary>The arrays on loan, by the generation of the garbage collector that their owners belong to. The collector does not know how much memory an owner stands for, so this asks it to look,
/// youngest generation first, whenever much may lie dead, and takes back what it has found: there are no finalizers to wait for.</summary>
internal static class Loans
{
    /// <summary>Bytes that may be lent before young owners are looked through, at least: a few results of a size that the cache holds.</summary>
    private const long LeastBudget = 8L << 20;

    /// <summary>The same at most, beside half of what is alive; and that of the oldest generation, beside a quarter.</summary>
    private const long Budget = 64L << 20;

    /// <summary>What writing to memory costs that has left the cache, in nanoseconds a kilobyte.</summary>
    private const int CostOfColdMemory = 15;

    private static readonly Lock Gate = new();
    private static readonly List<PooledArray>[] Lists = [[], [], []];
    private static readonly long[] Bytes = new long[3];

    private static long youngBudget = LeastBudget;
    private static long live;

    /// <summary>Bytes of young owners that were alive at the last look: it would be in vain to look for them again.</summary>
    private static long survived;
    private static int looking;

    /// <summary>Bytes of arrays on loan: those of live tensors, and of dead ones that nobody has found yet.</summary>
    public static long Outstanding
    {
        get
        {
            lock (Gate)
            {
                return Bytes[0] + Bytes[1] + Bytes[2];
            }
        }
    }

    private static bool MayHoldDeadOld
    {
        get
        {
            var alive = Volatile.Read(ref live);
            return Volatile.Read(ref Bytes[2]) > alive + BudgetBeside(alive);
        }
    }

    /// <summary>Enters a loan.</summary>
    public static void Begin(PooledArray array)
    {
        lock (Gate)
        {
            Enter(array, 0);
        }
    }

    /// <summary>Strikes a loan out.</summary>
    public static void End(PooledArray array)
    {
        lock (Gate)
        {
            Strike(array);
        }
    }

    /// <summary>Looks for dead owners if with <paramref name="bytes"/> more there may be too many.</summary>
    public static void MakeRoom(long bytes)
    {
        if ((MayHoldDeadYoung(bytes) || MayHoldDeadOld) && Interlocked.Exchange(ref looking, 1) == 0)
        {
            try
            {
                Look();
            }
            finally
            {
                Volatile.Write(ref looking, 0);
            }
        }
    }

    /// <summary>Finds all dead owners.</summary>
    public static void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        Sweep(GC.MaxGeneration);
        live = Outstanding;
    }

    /// <summary>Takes back the arrays of owners that the collector has found dead, of the generations up to one.</summary>
    public static void Sweep(int generation)
    {
        lock (Gate)
        {
            for (var g = generation; g >= 0; g--)
            {
                for (var i = Lists[g].Count - 1; i >= 0; i--)
                {
                    var array = Lists[g][i];
                    var now = array.GenerationOfOwner;
                    if (now != g)
                    {
                        Strike(array);
                        if (now >= 0)
                        {
                            Enter(array, Math.Min(now, GC.MaxGeneration));
                        }
                        else
                        {
                            Pool.PutBack(array);
                        }
                    }
                }
            }

            survived = Math.Min(survived, Bytes[0] + Bytes[1]);
        }
    }

    private static bool MayHoldDeadYoung(long more) => Volatile.Read(ref Bytes[0]) + Volatile.Read(ref Bytes[1]) - Volatile.Read(ref survived) + more > youngBudget;

    private static void Look()
    {
        var (begin, before) = (Stopwatch.GetTimestamp(), Outstanding);

        // The second generation, too: a result is often still in somebody's hands when its successor is made.
        LookThrough(1);
        var freed = before - Outstanding;
        survived = Bytes[0] + Bytes[1];
        if (MayHoldDeadOld)
        {
            LookThrough(2);
            live = Outstanding;
        }

        // A program that has held much for a while, and no longer does.
        live = Math.Min(live, Math.Max(Outstanding, live / 4 * 3));

        // Where looking costs more than it saves, it pays to wait longer; else results come to lie in memory that is still in the cache.
        // What it costs grows with the wait, since the collector's own data leave the cache: a bound lower than the half would not lead back.
        var (cost, saved) = (Stopwatch.GetElapsedTime(begin).TotalNanoseconds, Math.Max(0, freed) / 1024.0 * CostOfColdMemory);
        var next = cost > saved ? 2 * youngBudget : cost < saved / 2 ? youngBudget / 2 : youngBudget;
        youngBudget = Math.Clamp(next, Math.Max(LeastBudget, live / 4), Math.Max(Budget, live / 2));
    }

    private static long BudgetBeside(long live) => Math.Max(Budget, live / 4);

    private static void LookThrough(int generation)
    {
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        Sweep(generation);
    }

    private static void Enter(PooledArray array, int generation)
    {
        array.Place = (generation, Lists[generation].Count);
        Lists[generation].Add(array);
        Bytes[generation] += array.Bytes;
    }

    private static void Strike(PooledArray array)
    {
        var (generation, index) = array.Place;
        var list = Lists[generation];
        var last = list[^1];
        list[index] = last;
        last.Place = (generation, index);
        list.RemoveAt(list.Count - 1);
        Bytes[generation] -= array.Bytes;
    }
}
