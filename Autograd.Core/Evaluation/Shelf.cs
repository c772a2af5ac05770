namespace Autograd.Evaluation;

/// <summary>The idle arrays of one type and size.</summary>
internal sealed class Shelf
{
    private readonly Stack<Array> arrays = new();
    private int fewest;

    public Array? TryTake()
    {
        lock (arrays)
        {
            var array = arrays.TryPop(out var taken) ? taken : null;
            fewest = Math.Min(fewest, arrays.Count);
            return array;
        }
    }

    public void Put(Array array)
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
