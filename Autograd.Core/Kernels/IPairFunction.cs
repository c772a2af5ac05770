using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>A function of each pair of lanes by itself; a vector and a single number yield the same bits.</summary>
internal interface IPairFunction
{
    static abstract Vector512<T> Apply<T>(Vector512<T> a, Vector512<T> b)
        where T : unmanaged, INumber<T>;

    static abstract T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>;
}
