using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>A function of each lane by itself: what the other lanes hold must not change a bit.</summary>
internal interface ILaneFunction
{
    static abstract Vector512<T> Apply<T>(Vector512<T> x)
        where T : unmanaged, INumber<T>;
}
