namespace Autograd;

/// <summary>The value of a variable from one assignment to the next. It counts who may still read it, so that an assignment can use its memory again,
/// or even write the new value into it, as soon as nobody does. Whatever is not known to stop reading counts for ever: then the garbage collector has the memory.</summary>
internal sealed class Snapshot : Tensor
{
    private const int Retired = int.MinValue / 2;

    private int holders;

    /// <summary>A value in memory that nobody else knows: <paramref name="value"/> has just been computed and is never read again.</summary>
    public Snapshot(Tensor value, Node? node)
        : base(value, value.Layout)
        => Node = node;

    /// <inheritdoc/>
    internal override Tensor Captured => Held;

    /// <inheritdoc/>
    internal override Tensor Held
        => TryHold() ? this : throw new InvalidOperationException($"A value of shape {Shape} was used after its variable got another one: its memory is in use again. A graph that several threads go back through must be kept by each: Backward(retainGraph: true).");

    /// <summary>A value in memory that others may read, too.</summary>
    public static Snapshot OfShared(Tensor value, Node? node)
    {
        var snapshot = new Snapshot(value, node);
        snapshot.holders = 1;
        return snapshot;
    }

    /// <summary>Counts one more reader; fails if the value is retired.</summary>
    public bool TryHold()
    {
        while (true)
        {
            var count = Volatile.Read(ref holders);
            if (count < 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref holders, count + 1, count) == count)
            {
                return true;
            }
        }
    }

    /// <summary>Counts one reader less.</summary>
    public void LetGo() => Interlocked.Decrement(ref holders);

    /// <summary>Takes the value out of use, if nobody reads it but <paramref name="known"/> readers that the caller answers for.</summary>
    public bool TryRetire(int known = 0) => Interlocked.CompareExchange(ref holders, Retired, known) == known;
}
