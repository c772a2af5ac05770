namespace Autograd.Evaluation;

/// <summary>The owner of a large array. When no tensor refers to it any more, it gives the array back to the pool: early where the engine knows, else by its finalizer.</summary>
internal sealed class Storage
{
    private readonly int sizeClass;
    private Array? array;

    public Storage(Array array, int sizeClass, int start)
    {
        this.array = array;
        this.sizeClass = sizeClass;
        Start = start;
    }

    ~Storage() => GiveBack();

    /// <summary>The array; elements begin at <see cref="Start"/>.</summary>
    public Array Array => array!;

    /// <summary>The first element that lies at a multiple of a cache line.</summary>
    public int Start { get; }

    /// <summary>Whether code outside the engine may hold a span of the array, so that it must never be used again for anything else.</summary>
    public bool HasEscaped { get; private set; }

    /// <summary>Gives the array back now. The caller knows that nobody will read it again.</summary>
    public void Release()
    {
        if (!HasEscaped)
        {
            GC.SuppressFinalize(this);
            GiveBack();
        }
    }

    /// <summary>Leaves the array to the garbage collector for ever.</summary>
    public void Escape()
    {
        HasEscaped = true;
        GC.SuppressFinalize(this);
    }

    private void GiveBack()
    {
        if (Interlocked.Exchange(ref array, null) is { } returned)
        {
            Pool.Return(returned, sizeClass);
        }
    }
}
