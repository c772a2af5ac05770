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

    /// <summary>In each part: the first halves of a and b, element by element in turn.</summary>
    static abstract TVector InterleaveLow(TVector a, TVector b);

    /// <summary>The same of the second halves.</summary>
    static abstract TVector InterleaveHigh(TVector a, TVector b);

    static abstract void Store(TVector vector, ref T origin, nint index);
}
