namespace Autograd.Kernels;

/// <summary>An associative function by which a run of numbers becomes one.</summary>
internal interface IFoldFunction : IPairFunction
{
    /// <summary>The number with which any other yields that other one, to the bit.</summary>
    static abstract T Identity<T>()
        where T : unmanaged, INumber<T>;
}
