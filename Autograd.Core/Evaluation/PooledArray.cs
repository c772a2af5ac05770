using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>An array of the pool, idle or on loan.</summary>
internal sealed class PooledArray
{
    private const int Alignment = 64;

    private readonly WeakReference<Storage?> owner = new(null);

    private PooledArray(Array array, int start, Shelf shelf, long bytes)
    {
        (Array, Start, Shelf, Bytes) = (array, start, shelf, bytes);
    }

    public Array Array { get; }

    /// <summary>The first element that lies at a multiple of a cache line.</summary>
    public int Start { get; }

    /// <summary>Where it lies while it is idle.</summary>
    public Shelf Shelf { get; }

    public long Bytes { get; }

    /// <summary>Its place in the list of <see cref="Loans"/> that it stands in, and which list that is.</summary>
    public (int Generation, int Index) Place { get; set; }

    /// <summary>The generation of the garbage collector that the owner belongs to; −1 if there is no owner any more.</summary>
    public int GenerationOfOwner => owner.TryGetTarget(out var target) ? GC.GetGeneration(target) : -1;

    /// <summary>A new array of <paramref name="capacity"/> elements.</summary>
    public static unsafe PooledArray Create<T>(int capacity, Shelf shelf)
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(capacity + (Alignment / Unsafe.SizeOf<T>()), pinned: true);
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        var start = (int)((Alignment - (address & (Alignment - 1))) & (Alignment - 1)) / Unsafe.SizeOf<T>();
        return new(array, start, shelf, (long)capacity * Unsafe.SizeOf<T>());
    }

    /// <summary>A new owner.</summary>
    public Storage Lend()
    {
        var storage = new Storage(this);
        owner.SetTarget(storage);
        return storage;
    }

    /// <summary>Overwrites the elements, so that a use after this cannot go unnoticed.</summary>
    public void Poison()
    {
        // All bits set is NaN in floating point; in a Bool it is one more way to say true.
        var isTruth = Array is bool[];
        var size = Array switch { bool[] => 1, float[] => 4, _ => 8 };
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(Array), Array.Length * size).Fill(isTruth ? (byte)1 : (byte)0xFF);
    }
}
