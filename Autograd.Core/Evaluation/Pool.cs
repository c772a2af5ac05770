using System.Runtime.CompilerServices;

namespace Autograd.Evaluation;

/// <summary>Large arrays, used again and again: fresh ones cost a page fault every 4 KB, which is more than most operations do with them.</summary>
internal static class Pool
{
    private const int ClassesPerOctave = 4;
    private const int LeastCount = 8;
    private const int Padding = 64;

    private static readonly Shelf[] Shelves = CreateShelves();

    static Pool() => IdleTrim.Start();

    /// <summary>Elements from which arrays come from the pool. Smaller ones are the garbage collector's cheapest business. Tests lower it.</summary>
    public static int Threshold { get; set; } = 4096;

    /// <summary>For tests: whether arrays that come back are filled with NaN, so that a use after that cannot go unnoticed.</summary>
    public static bool IsPoisoning { get; set; }

    /// <summary>The state of a tensor of <paramref name="count"/> elements that are yet to be written.</summary>
    public static Storage Rent<T>(int count)
        where T : unmanaged
    {
        var sizeClass = ClassOf(count);
        var capacity = Capacity(sizeClass);
        Loans.MakeRoom((long)capacity * Unsafe.SizeOf<T>());
        var shelf = Shelves[(sizeClass * 4) + (int)DTypes.Of<T>()];
        var array = shelf.TryTake() ?? PooledArray.Create<T>(capacity, shelf);
        var owner = array.Lend();
        Loans.Begin(array);
        TemporaryMemory.Current?.Add(owner);
        return owner;
    }

    /// <summary>Takes back an array that nobody will read again.</summary>
    public static void PutBack(PooledArray array)
    {
        if (IsPoisoning)
        {
            array.Poison();
        }

        array.Shelf.Put(array);
    }

    /// <summary>Lets go of arrays that nobody has wanted since the last call.</summary>
    public static void Trim()
    {
        Loans.Sweep(GC.MaxGeneration);
        foreach (var shelf in Shelves)
        {
            shelf.Trim();
        }
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
        return (int)Math.Min(Array.MaxLength - Padding, (1L << octave) + ((quarter + 1L) << (octave - 2)));
    }

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
