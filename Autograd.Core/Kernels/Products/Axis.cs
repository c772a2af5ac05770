using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>Where the lines of a matrix lie along one of its two axes: at multiples of a stride (0 repeats, negative runs backwards), or at places given by a table.</summary>
internal readonly ref struct Axis
{
    private readonly ReadOnlySpan<int> table;

    /// <summary>Line i is at i·stride.</summary>
    public Axis(int count, int stride) => (Count, Stride) = (count, stride);

    /// <summary>Line i is at table[i].</summary>
    public Axis(ReadOnlySpan<int> table)
    {
        this.table = table;
        Count = table.Length;
        IsTable = true;
    }

    /// <summary>The number of lines.</summary>
    public int Count { get; }

    /// <summary>The distance of neighbours; 0 for a table.</summary>
    public int Stride { get; }

    /// <summary>Whether the places are given by a table.</summary>
    public bool IsTable { get; }

    /// <summary>The places, if they are given by a table.</summary>
    public ReadOnlySpan<int> Table => table;

    /// <summary>Whether every line follows directly on the one before.</summary>
    public bool IsContiguous => Stride == 1 || (Count == 1 && !IsTable);

    /// <summary>The place of line <paramref name="index"/>.</summary>
    public nint this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsTable ? table[index] : (nint)index * Stride;
    }

    /// <summary>Lines [first, first + count), with the same places.</summary>
    /// <param name="first">The first line.</param>
    /// <param name="count">The number of lines.</param>
    /// <param name="shift">What to add to the matrix's origin.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Axis Slice(int first, int count, out nint shift)
    {
        shift = IsTable ? 0 : (nint)first * Stride;
        return IsTable ? new(table.Slice(first, count)) : new(count, Stride);
    }

    /// <summary>The number of lines from <paramref name="first"/> on, at most <paramref name="most"/>, each of which follows directly on the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Run(int first, int most)
    {
        if (!IsTable)
        {
            return Stride == 1 ? most : 1;
        }

        var run = 1;
        while (run < most && table[first + run] == table[first + run - 1] + 1)
        {
            run++;
        }

        return run;
    }
}
