namespace Autograd.Evaluation;

/// <summary>The owner of an array that is on loan from the pool. When no tensor refers to the owner any more, the array is free: the engine says so where it knows, else the pool finds out (<see cref="Loans"/>).</summary>
internal sealed class Storage(PooledArray loan)
{
    private PooledArray? loan = loan;

    /// <summary>The array; elements begin at <see cref="Start"/>.</summary>
    public Array Array { get; } = loan.Array;

    /// <summary>The first element that lies at a multiple of a cache line.</summary>
    public int Start { get; } = loan.Start;

    /// <summary>Whether code outside the engine may hold a span of the array, so that it must never be used again for anything else.</summary>
    public bool HasEscaped { get; private set; }

    /// <summary>Gives the array back now. The caller knows that nobody will read it again.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref loan, null) is { } returned)
        {
            Loans.End(returned);
            Pool.PutBack(returned);
        }

        // Until the loan is struck out: found dead before that, the array would be given back twice.
        GC.KeepAlive(this);
    }

    /// <summary>Leaves the array to the garbage collector for ever.</summary>
    public void Escape()
    {
        HasEscaped = true;
        if (Interlocked.Exchange(ref loan, null) is { } lost)
        {
            Loans.End(lost);
        }

        GC.KeepAlive(this);
    }
}
