namespace Autograd.Evaluation;

/// <summary>The idle arrays of one type and size. The one that came last is taken first: it is the likeliest to lie in the cache.</summary>
internal sealed class Shelf
{
    private readonly Stack<PooledArray> arrays = new();
    private int fewest;

    public PooledArray? TryTake()
    {
        lock (arrays)
        {
            var array = arrays.TryPop(out var taken) ? taken : null;
            fewest = Math.Min(fewest, arrays.Count);
            return array;
        }
    }

    public void Put(PooledArray array)
    {
        lock (arrays)
        {
            arrays.Push(array);
        }
    }

    /// <summary>Lets go of as many arrays as have been idle all the time since the last call.</summary>
    public void Trim()
    {
        lock (arrays)
        {
            for (; fewest > 0; fewest--)
            {
                arrays.Pop();
            }

            fewest = arrays.Count;
        }
    }
}
