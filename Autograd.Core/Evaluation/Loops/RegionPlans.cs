using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Autograd.Evaluation;

/// <summary>The plans of all forms of regions that have been seen. A form that has cost some work gets a plan with compiled loops, made in the background; results do not depend on it, bit for bit.</summary>
internal static class RegionPlans
{
    /// <summary>Work, in operations on elements, after which loops are compiled: about as much time as compiling takes.</summary>
    private const long WorkBeforeLoops = 1 << 24;

    /// <summary>Forms that are remembered, at most; a program that has more begins anew.</summary>
    private const int MostForms = 1 << 12;

    private static readonly ConcurrentDictionary<RegionForm, Entry> Entries = new();

    /// <summary>Whether loops are compiled. Off where the runtime cannot compile, or has no wide vectors, of which the loops are made.</summary>
    public static bool AreLoopsSupported => RuntimeFeature.IsDynamicCodeCompiled && System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated;

    /// <summary>For tests: whether a form's loops are compiled before it is evaluated for the first time.</summary>
    public static bool CompilesAtOnce { get; set; }

    /// <summary>For tests: the plan that this thread asked for last.</summary>
    [field: ThreadStatic]
    public static RegionPlan? LastPlan { get; private set; }

    /// <summary>The plan for a form, of which the region is about to evaluate <paramref name="elements"/> elements.</summary>
    public static RegionPlan For(RegionForm form, int elements)
    {
        if (!Entries.TryGetValue(form, out var entry))
        {
            if (Entries.Count >= MostForms)
            {
                Entries.Clear();
            }

            form = form.Copy();
            entry = Entries.GetOrAdd(form, new Entry(form));
        }

        entry.Count((long)elements * form.Code.Count);
        return LastPlan = entry.Plan;
    }

    /// <summary>Forgets all plans.</summary>
    public static void Clear() => Entries.Clear();

    private sealed class Entry(RegionForm form) : IThreadPoolWorkItem
    {
        private long work;
        private int isBegun = AreLoopsSupported ? 0 : 1;
        private volatile RegionPlan plan = RegionPlan.OneByOne(form);

        public RegionPlan Plan => plan;

        /// <summary>Counts work, and compiles when there has been enough.</summary>
        public void Count(long operations)
        {
            if (isBegun == 0 && ((work += operations) >= WorkBeforeLoops || CompilesAtOnce) && Interlocked.Exchange(ref isBegun, 1) == 0)
            {
                if (CompilesAtOnce)
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
            if (RuntimeFeature.IsDynamicCodeCompiled)
            {
                plan = LoopPlanner.Plan(form);
            }
        }
    }
}
