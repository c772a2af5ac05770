using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>Large arrays, used again and again: fresh ones cost a page fault every 4 KB, which is more than most operations do with them.</summary>
internal static class Pool
{
    /// <summary>Elements from which arrays come from the pool. Smaller ones are the garbage collector's cheapest business. Tests lower it.</summary>
    public static int Threshold { get; set; } = 4096;

    /// <summary>Memory that may lie dead but not yet collected, at least.</summary>
    private const long LeastSlack = 64L << 20;

    private const int Alignment = 64;
    private const int ClassesPerOctave = 4;
    private const int LeastCount = 8;

    private static readonly Shelf[] Shelves = CreateShelves();

    private static long outstanding;
    private static long liveAfterCollection;
    private static int collecting;

    static Pool() => IdleTrim.Start();

    /// <summary>Bytes of arrays that have not come back: those of live tensors, and of dead ones that nobody has collected yet.</summary>
    public static long Outstanding => Interlocked.Read(ref outstanding);

    /// <summary>For tests: whether arrays that come back are filled with NaN, so that a use after that cannot go unnoticed.</summary>
    public static bool IsPoisoning { get; set; }

    /// <summary>The state of a tensor of <paramref name="count"/> elements that are yet to be written.</summary>
    public static Storage Rent<T>(int count)
        where T : unmanaged
    {
        var sizeClass = ClassOf(count);
        var bytes = BytesOf<T>(sizeClass);
        var live = Volatile.Read(ref liveAfterCollection);
        if (Interlocked.Add(ref outstanding, bytes) > live + SlackOf(live))
        {
            Collect();
        }

        var array = ShelfOf<T>(sizeClass).TryTake() ?? GC.AllocateUninitializedArray<T>(Capacity(sizeClass) + (Alignment / Unsafe.SizeOf<T>()), pinned: true);
        var owner = new Storage(array, sizeClass, FirstAligned<T>(array));
        TemporaryMemory.Current?.Add(owner);
        return owner;
    }

    public static void Return(Array array, int sizeClass)
    {
        switch (array)
        {
            case float[] floats:
                Return(floats, sizeClass);
                break;
            case double[] doubles:
                Return(doubles, sizeClass);
                break;
            case long[] longs:
                Return(longs, sizeClass);
                break;
            default:
                Return((bool[])array, sizeClass);
                break;
        }
    }

    /// <summary>Lets go of arrays that nobody has wanted since the last call.</summary>
    public static void Trim()
    {
        foreach (var shelf in Shelves)
        {
            shelf.Trim();
        }
    }

    private static void Return<T>(T[] array, int sizeClass)
        where T : unmanaged
    {
        if (IsPoisoning)
        {
            // All bits set is NaN in floating point; in a Bool it is one more way to say true.
            MemoryMarshal.AsBytes(array.AsSpan()).Fill(typeof(T) == typeof(bool) ? (byte)1 : (byte)0xFF);
        }

        Interlocked.Add(ref outstanding, -BytesOf<T>(sizeClass));
        ShelfOf<T>(sizeClass).Put(array);
    }

    /// <summary>Finds dead arrays. Their owners are young as a rule; the oldest generation is looked through only if that does not help.</summary>
    public static void Collect()
    {
        if (Interlocked.Exchange(ref collecting, 1) == 1)
        {
            return;
        }

        var before = Outstanding;
        var slack = SlackOf(liveAfterCollection);
        CollectGeneration(1);
        if (Outstanding > before - (slack / 2))
        {
            CollectGeneration(2);
        }

        Volatile.Write(ref liveAfterCollection, Outstanding);
        Volatile.Write(ref collecting, 0);
    }

    /// <summary>What may lie dead beside what is alive: a third of it.</summary>
    private static long SlackOf(long live) => Math.Max(LeastSlack, live / 2);

    private static void CollectGeneration(int generation)
    {
        // The collector's own budget does not count pooled arrays, so the pool has to say when.
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
    }

    private static unsafe int FirstAligned<T>(Array array)
        where T : unmanaged
    {
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Unsafe.As<T[]>(array)));
        return (int)((Alignment - (address & (Alignment - 1))) & (Alignment - 1)) / Unsafe.SizeOf<T>();
    }

    // Four classes an octave: 4, 5, 6, 7 eighths of a power of two, so that at most a fifth of an array is idle.
    private static int ClassOf(int count)
    {
        count = Math.Max(count, LeastCount);
        var octave = BitOperations.Log2((uint)(count - 1));
        var quarter = (int)(((uint)(count - 1) >> (octave - 2)) & 3);
        return (octave * ClassesPerOctave) + quarter;
    }

    private static int Capacity(int sizeClass)
    {
        var (octave, quarter) = Math.DivRem(sizeClass, ClassesPerOctave);
        return (int)Math.Min(Array.MaxLength - Alignment, (1L << octave) + ((quarter + 1L) << (octave - 2)));
    }

    private static long BytesOf<T>(int sizeClass)
        where T : unmanaged
        => (long)Capacity(sizeClass) * Unsafe.SizeOf<T>();

    private static Shelf ShelfOf<T>(int sizeClass)
        where T : unmanaged
        => Shelves[(sizeClass * 4) + (int)DTypes.Of<T>()];

    private static Shelf[] CreateShelves()
    {
        var shelves = new Shelf[32 * ClassesPerOctave * 4];
        for (var i = 0; i < shelves.Length; i++)
        {
            shelves[i] = new Shelf();
        }

        return shelves;
    }
}
