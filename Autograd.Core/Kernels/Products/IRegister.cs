namespace Autograd.Kernels;

/// <summary>A kind of vector register, for kernels that are written once for all of them. Every kind yields the same bits.</summary>
/// <typeparam name="TVector">What it holds.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
internal interface IRegister<TVector, T>
    where T : unmanaged
{
    /// <summary>The number of elements.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the machine has 32 such registers rather than 16.</summary>
    static abstract bool HasMany { get; }

    /// <summary>The side of the squares of 16 bytes a row that it holds one column of in each 128-bit part; 1 where it has no parts.</summary>
    static abstract int Square { get; }

    static abstract TVector Load(ref T origin, nint index);

    /// <summary>The beginnings of several lines, one in each 128-bit part.</summary>
    static abstract TVector LoadParts(ref T line, nint pitch);

    /// <summary>One element in all places.</summary>
    static abstract TVector Broadcast(ref T origin, nint index);

    /// <summary>a·b + c, rounded once; of integers, modulo 2⁶⁴.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Add(TVector a, TVector b);

    /// <summary>In each 128-bit part: turns the square of element j of register i, of as many registers as a square has columns; the others stay as they are.</summary>
    static abstract void TurnSquares(ref TVector a, ref TVector b, ref TVector c, ref TVector d);

    /// <summary>Turns the square of 128-bit part j of register i, of as many registers as each has parts; the others stay as they are.</summary>
    static abstract void TurnParts(ref TVector a, ref TVector b, ref TVector c, ref TVector d);

    static abstract void Store(TVector vector, ref T origin, nint index);
}
