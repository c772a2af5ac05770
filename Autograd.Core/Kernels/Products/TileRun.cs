using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>The sums of a run of up to three rows of a tile, of one vector each.</summary>
/// <typeparam name="TRegister">The kind of register.</typeparam>
/// <typeparam name="TVector">What it holds.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TStep">The distance of the elements of a run, 1 or 2.</typeparam>
/// <typeparam name="TRun">The length of a run, 1 to 3.</typeparam>
internal struct TileRun<TRegister, TVector, T, TStep, TRun>
    where TRegister : struct, IRegister<TVector, T>
    where TVector : struct
    where T : unmanaged
    where TStep : struct, ISize
    where TRun : struct, ISize
{
    private TVector row0;
    private TVector row1;
    private TVector row2;

    /// <summary>Adds the products of a column of the run with a line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(ref T run, nint column, TVector b)
    {
        row0 = TRegister.MultiplyAdd(TRegister.Broadcast(ref run, column), b, row0);
        if (TRun.Value > 1) row1 = TRegister.MultiplyAdd(TRegister.Broadcast(ref run, column + TStep.Value), b, row1);
        if (TRun.Value > 2) row2 = TRegister.MultiplyAdd(TRegister.Broadcast(ref run, column + (2 * TStep.Value)), b, row2);
    }

    /// <summary>Two products after each other, of a column and of the one behind it, with which it shares all elements but one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAddUp(ref T run, nint column, TVector b, TVector nextB)
    {
        var a0 = TRegister.Broadcast(ref run, column);
        var a1 = TRegister.Broadcast(ref run, column + 1);
        row0 = TRegister.MultiplyAdd(a1, nextB, TRegister.MultiplyAdd(a0, b, row0));
        var a2 = TRun.Value > 1 ? TRegister.Broadcast(ref run, column + 2) : a1;
        if (TRun.Value > 1) row1 = TRegister.MultiplyAdd(a2, nextB, TRegister.MultiplyAdd(a1, b, row1));
        if (TRun.Value > 2) row2 = TRegister.MultiplyAdd(TRegister.Broadcast(ref run, column + 3), nextB, TRegister.MultiplyAdd(a2, b, row2));
    }

    /// <summary>The same of a column and of the one in front of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAddDown(ref T run, nint column, TVector b, TVector nextB)
    {
        var a0 = TRegister.Broadcast(ref run, column - 1);
        var a1 = TRegister.Broadcast(ref run, column);
        row0 = TRegister.MultiplyAdd(a0, nextB, TRegister.MultiplyAdd(a1, b, row0));
        var a2 = TRun.Value > 1 ? TRegister.Broadcast(ref run, column + 1) : a1;
        if (TRun.Value > 1) row1 = TRegister.MultiplyAdd(a1, nextB, TRegister.MultiplyAdd(a2, b, row1));
        if (TRun.Value > 2) row2 = TRegister.MultiplyAdd(a2, nextB, TRegister.MultiplyAdd(TRegister.Broadcast(ref run, column + 2), b, row2));
    }

    /// <summary>Stores the rows, one after the other, or adds them to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref T c, bool add)
    {
        TileRow<TRegister, TVector, T, One>.Put(row0, ref c, 0, add);
        if (TRun.Value > 1) TileRow<TRegister, TVector, T, One>.Put(row1, ref c, TRegister.Count, add);
        if (TRun.Value > 2) TileRow<TRegister, TVector, T, One>.Put(row2, ref c, 2 * TRegister.Count, add);
    }
}
