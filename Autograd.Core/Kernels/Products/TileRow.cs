using System.Runtime.CompilerServices;

namespace Autograd.Kernels;

/// <summary>The sums of one row of a tile. A struct of two fields stays in registers; an inline array would not.</summary>
/// <typeparam name="TRegister">The kind of register.</typeparam>
/// <typeparam name="TVector">What it holds.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TVectors">The vectors in a row, 1 or 2.</typeparam>
internal struct TileRow<TRegister, TVector, T, TVectors>
    where TRegister : struct, IRegister<TVector, T>
    where TVector : struct
    where T : unmanaged
    where TVectors : struct, ISize
{
    private TVector low;
    private TVector high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TVector x, TVector lowB, TVector highB)
    {
        low = TRegister.MultiplyAdd(x, lowB, low);
        if (TVectors.Value > 1)
        {
            high = TRegister.MultiplyAdd(x, highB, high);
        }
    }

    /// <summary>Two products after each other, for rows of one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAddPair(TVector x, TVector nextX, TVector b, TVector nextB) => low = TRegister.MultiplyAdd(nextX, nextB, TRegister.MultiplyAdd(x, b, low));

    /// <summary>Asks for the memory that the sums will be stored in: it may not have been written for long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(ref T c, nint index)
    {
        Kernels.Prefetch.Line(in Unsafe.Add(ref c, index));
        if (TVectors.Value > 1)
        {
            Kernels.Prefetch.Line(in Unsafe.Add(ref c, index + TRegister.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref T c, nint index, bool add)
    {
        Put(low, ref c, index, add);
        if (TVectors.Value > 1)
        {
            Put(high, ref c, index + TRegister.Count, add);
        }
    }

    /// <summary>Stores one vector of sums, or adds it to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(TVector sum, ref T c, nint index, bool add)
        => TRegister.Store(add ? TRegister.Add(TRegister.Load(ref c, index), sum) : sum, ref c, index);
}
