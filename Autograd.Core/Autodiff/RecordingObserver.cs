namespace Autograd.Autodiff;

/// <summary>Watches the operations that are recorded in the current flow of control, from its construction until it is disposed. Normally nobody does, and recording costs one static check more.</summary>
internal abstract class RecordingObserver : IDisposable
{
    private static readonly AsyncLocal<RecordingObserver?> Current = new();
    private static int open;

    private readonly RecordingObserver? outer;
    private int closed;

    protected RecordingObserver()
    {
        outer = Current.Value;
        Interlocked.Increment(ref open);
        Current.Value = this;
    }

    /// <summary>Whether anybody watches, in any flow.</summary>
    public static bool Any => Volatile.Read(ref open) != 0;

    /// <summary>Tells all observers of this flow, the innermost first, of an operation that is being recorded: its operands still have their values.</summary>
    public static void Notify(Operation operation, Tensor result)
    {
        for (var observer = Current.Value; observer is not null; observer = observer.outer)
        {
            if (Volatile.Read(ref observer.closed) == 0)
            {
                observer.Observe(operation, result);
            }
        }
    }

    public virtual void Dispose()
    {
        if (Interlocked.Exchange(ref closed, 1) == 0)
        {
            Interlocked.Decrement(ref open);
            if (ReferenceEquals(Current.Value, this))
            {
                Current.Value = outer;
            }
        }
    }

    /// <summary>Called for each operation, linked to the tape, before it lets go of the values that its rule does not read.</summary>
    protected abstract void Observe(Operation operation, Tensor result);
}
