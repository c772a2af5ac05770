namespace Autograd;

/// <summary>How elementwise operations on large tensors are evaluated: results above a size stay pending, and a pending chain runs in one pass over memory when a value is needed.
/// Values do not depend on it, bit for bit.</summary>
public static class Fusion
{
    /// <summary>Elements from which a result stays pending unless set otherwise. Below it an operation costs less than the bookkeeping.</summary>
    internal const int StandardThreshold = 512;

    /// <summary>Operations of one pass, at most; a chain that nobody reads is evaluated when it grows longer.</summary>
    internal const int LargestRegion = 48;

    /// <summary>A value that a gradient rule reads is stored when computing it again would cost more than this, in units of one addition; storing costs about as much.</summary>
    internal const int StoreCost = 16;

    /// <summary>The longest row whose reduction stays pending, so that what depends on it is computed while the row is in the cache.</summary>
    internal const int LongestRow = 8192;

    private static int disabled;

    /// <summary>Elements from which a result stays pending. Tests lower it, so that small tensors take the way of large ones.</summary>
    internal static int Threshold { get; set; } = StandardThreshold;

    /// <summary>The shortest row whose reduction stays pending; shorter ones are not worth a kernel's call each. Tests lower it.</summary>
    internal static int ShortestRow { get; set; } = 16;

    /// <summary>Whether large results stay pending. False while a scope of <see cref="Disabled"/> is open, anywhere in the process.</summary>
    public static bool IsEnabled => Volatile.Read(ref disabled) == 0;

    /// <summary>Whether chains that run often are compiled into loops, where the runtime can; true unless set otherwise. It takes effect for chains that are not compiled yet.</summary>
    public static bool CompilesLoops { get; set; } = true;

    /// <summary>Evaluates every operation at once until the returned scope is disposed: slower, but a debugger or profiler sees each operation by itself.</summary>
    /// <returns>The scope; it holds for the whole process.</returns>
    public static IDisposable Disabled() => new Scope();

    private sealed class Scope : IDisposable
    {
        private int open = 1;

        public Scope() => Interlocked.Increment(ref disabled);

        public void Dispose() => Interlocked.Add(ref disabled, -Interlocked.Exchange(ref open, 0));
    }
}
