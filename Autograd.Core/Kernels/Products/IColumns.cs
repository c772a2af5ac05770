using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>What is done with the columns of a block of lines, one after the other.</summary>
internal interface IColumns<TVector, T>
{
    /// <summary>Takes column number <paramref name="index"/>.</summary>
    /// <param name="column">Its elements.</param>
    /// <param name="index">Its number in the block.</param>
    /// <param name="memory">Where the columns, or factors for them, are stored.</param>
    /// <param name="width">The distance of stored columns.</param>
    /// <param name="sums">The sums so far.</param>
    /// <returns>The sums with the column.</returns>
    static abstract TVector Take(TVector column, nint index, ref T memory, nint width, TVector sums);
}

/// <summary>Stores each column.</summary>
internal readonly struct StoredColumns<TRegister, TVector, T> : IColumns<TVector, T>
    where TRegister : struct, IRegister<TVector, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Take(TVector column, nint index, ref T memory, nint width, TVector sums)
    {
        TRegister.Store(column, ref memory, index * width);
        return sums;
    }
}

/// <summary>Adds each column, times a number.</summary>
internal readonly struct ScaledColumns<TRegister, TVector, T> : IColumns<TVector, T>
    where TRegister : struct, IRegister<TVector, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Take(TVector column, nint index, ref T memory, nint width, TVector sums) => TRegister.MultiplyAdd(TRegister.Broadcast(ref memory, index), column, sums);
}

/// <summary>Adds the product of each column and a stored one.</summary>
internal readonly struct PairedColumns<TRegister, TVector, T> : IColumns<TVector, T>
    where TRegister : struct, IRegister<TVector, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Take(TVector column, nint index, ref T memory, nint width, TVector sums) => TRegister.MultiplyAdd(TRegister.Load(ref memory, index * width), column, sums);
}

/// <summary>Two strips of lines, or one, with the memory and the sums of each.</summary>
internal ref struct Strips<TVector, T>(ref T lines, ref T memory)
    where TVector : struct
{
    public ref T Lines = ref lines;
    public ref T Memory = ref memory;
    public ref T OtherLines = ref lines;
    public ref T OtherMemory = ref memory;

    /// <summary>How far ahead lie lines of both strips that are fetched into the first-level cache meanwhile, if any.
    /// They are fetched one after the other rather than in the order of their use: what the caches fetch by themselves keeps up with that.</summary>
    public nint Ahead;
    public TVector Sums;
    public TVector OtherSums;
}
