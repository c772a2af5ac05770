namespace Autograd.Autodiff;

/// <summary>Maps tape entries to small numbers. Open addressing by reference, reused from pass to pass, because a dictionary costs more than the operation it serves.</summary>
internal sealed class NodeMap
{
    private const int InitialCapacity = 64;
    private const int LargestKept = 1 << 12;

    private Node?[] keys = new Node?[InitialCapacity];
    private int[] values = new int[InitialCapacity];
    private int count;

    /// <summary>The number of <paramref name="key"/>, by reference; a new entry starts at −1.</summary>
    public ref int this[Node key]
    {
        get
        {
            if (2 * (count + 1) > keys.Length)
            {
                Grow();
            }

            var slot = Find(key);
            if (keys[slot] is null)
            {
                keys[slot] = key;
                values[slot] = -1;
                count++;
            }

            return ref values[slot];
        }
    }

    public bool TryGet(Node key, out int value)
    {
        var slot = Find(key);
        value = values[slot];
        return keys[slot] is not null;
    }

    public void Clear()
    {
        if (keys.Length > LargestKept)
        {
            keys = new Node?[InitialCapacity];
            values = new int[InitialCapacity];
        }
        else if (count > 0)
        {
            Array.Clear(keys);
        }

        count = 0;
    }

    private int Find(Node key)
    {
        var mask = keys.Length - 1;
        var slot = (int)((uint)key.Hash * 2654435769u >> 7) & mask;
        while (keys[slot] is { } other && !ReferenceEquals(other, key))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var (oldKeys, oldValues) = (keys, values);
        keys = new Node?[oldKeys.Length * 2];
        values = new int[oldKeys.Length * 2];
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] is { } key)
            {
                var slot = Find(key);
                keys[slot] = key;
                values[slot] = oldValues[i];
            }
        }
    }
}
