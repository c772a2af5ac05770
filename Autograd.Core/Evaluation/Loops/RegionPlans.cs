using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Autograd.Evaluation;

/// <summary>The plans of all forms of regions that have been seen. A form that has cost some work gets a plan with compiled loops, made in the background; results do not depend on it, bit for bit.</summary>
internal static class RegionPlans
{
    /// <summary>Work, in operations on elements, after which loops are compiled: about as much time as compiling takes.</summary>
    public const long StandardWorkBeforeLoops = 1 << 24;

    /// <summary>Forms that are remembered, at most; a program that has more begins anew.</summary>
    private const int MostForms = 1 << 12;

    private static readonly ConcurrentDictionary<RegionForm, Entry> Entries = new();

    /// <summary>Whether loops are compiled. Off where the runtime cannot compile, or has no wide vectors, of which the loops are made.</summary>
    public static bool AreLoopsSupported => RuntimeFeature.IsDynamicCodeCompiled && System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated;

    /// <summary>Work after which loops are compiled. Tests lower it.</summary>
    public static long WorkBeforeLoops { get; set; } = StandardWorkBeforeLoops;

    /// <summary>Whether the evaluation that reaches the limit waits for the loops; for tests.</summary>
    public static bool WaitsForLoops { get; set; }

    /// <summary>For tests: what happens before loops are compiled.</summary>
    public static Action? BeforeCompiling { get; set; }

    /// <summary>What this thread asked for last: an optimizer asks for the same again and again.</summary>
    [ThreadStatic]
    private static Entry? last;

    /// <summary>For tests: the plan that this thread asked for last.</summary>
    public static RegionPlan? LastPlan => last?.Plan;

    /// <summary>The plan for a form, of which the region is about to evaluate <paramref name="elements"/> elements.</summary>
    public static RegionPlan For(RegionForm form, int elements)
    {
        var entry = last;
        if (entry?.Form.Equals(form) != true)
        {
            last = entry = Find(form);
        }

        entry.Count((long)elements * form.Code.Count);
        return entry.Plan;
    }

    /// <summary>Forgets all plans.</summary>
    public static void Clear()
    {
        Entries.Clear();
        last = null;
    }

    private static Entry Find(RegionForm form)
    {
        if (Entries.TryGetValue(form, out var entry))
        {
            return entry;
        }

        if (Entries.Count >= MostForms)
        {
            Entries.Clear();
        }

        form = form.Copy();
        return Entries.GetOrAdd(form, new Entry(form));
    }

    private sealed class Entry(RegionForm form) : IThreadPoolWorkItem
    {
        private long work;
        private int isBegun = AreLoopsSupported ? 0 : 1;
        private volatile RegionPlan plan = RegionPlan.OneByOne(form);

        public RegionForm Form => form;

        public RegionPlan Plan => plan;

        /// <summary>Counts work, and compiles when there has been enough.</summary>
        public void Count(long operations)
        {
            if (isBegun == 0 && Fusion.CompilesLoops && (work += operations) >= WorkBeforeLoops && Interlocked.Exchange(ref isBegun, 1) == 0)
            {
                if (WaitsForLoops)
                {
                    Execute();
                }
                else
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }
            }
        }

        public void Execute()
        {
            try
            {
                if (RuntimeFeature.IsDynamicCodeCompiled)
                {
                    BeforeCompiling?.Invoke();
                    plan = LoopPlanner.Plan(form);
                }
            }
            catch (Exception exception)
            {
                // On a thread of the pool it would end the process; the tiles do the same work.
                LoopEvents.Log.LoopsNotCompiled(exception.ToString());
            }
        }
    }
}
