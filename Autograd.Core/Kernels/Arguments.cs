using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>What a loop over elements reads: a run of them, or a number that stands for a run of copies.</summary>
internal interface IArgument<T>
    where T : unmanaged
{
    /// <summary>The elements from <paramref name="start"/> on that fill a vector.</summary>
    Vector512<T> Vector(nuint start);

    /// <summary>One element.</summary>
    T Element(int index);
}

/// <summary>A run of elements.</summary>
internal readonly ref struct Run<T>(ReadOnlySpan<T> elements) : IArgument<T>
    where T : unmanaged
{
    private readonly ref T first = ref MemoryMarshal.GetReference(elements);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Vector(nuint start) => Vector512.LoadUnsafe(ref first, start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Element(int index) => Unsafe.Add(ref first, index);
}

/// <summary>One number in place of a run.</summary>
internal readonly struct Number<T>(T value) : IArgument<T>
    where T : unmanaged
{
    private readonly T value = value;
    private readonly Vector512<T> copies = Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Vector(nuint start) => copies;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Element(int index) => value;
}
