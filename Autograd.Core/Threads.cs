namespace Autograd;

/// <summary>How many threads large operations use. Results do not depend on it, bit for bit.</summary>
public static class Threads
{
    private static int count = Environment.ProcessorCount;

    /// <summary>The threads that work on one operation, the calling one included; as many as there are processors unless set.
    /// Others come from the thread pool if it has idle ones: a program that evaluates tensors on all of them already loses nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public static int Count
    {
        get => Volatile.Read(ref count);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref count, value);
        }
    }
}
