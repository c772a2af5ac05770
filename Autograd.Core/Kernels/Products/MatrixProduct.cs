using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>C = A B, or C + A B, of matrices anywhere in memory, on the widest registers of the machine.</summary>
internal static class MatrixProduct
{
    /// <summary>The longest chain of multiply-adds. The sums of such chains are added up, which keeps the rounding error of long products small and packed panels in the cache.</summary>
    private const int LongestChain = 256;

    /// <summary>The terms of each chain but the last, evenly divided.</summary>
    public static int BlockDepth(int k)
    {
        var blocks = Math.Max(1, (k + LongestChain - 1) / LongestChain);
        return (k + blocks - 1) / blocks;
    }

    /// <summary>Computes the product of A [m, k] and B [k, n].</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C, which overlaps neither.</param>
    /// <param name="add">Whether to add the product to C rather than to store it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, bool add = false)
        where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<Register512<T>, Vector512<T>, T>(a, b, c, add);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply<Register256<T>, Vector256<T>, T>(a, b, c, add);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Multiply<Register128<T>, Vector128<T>, T>(a, b, c, add);
        }
        else
        {
            Multiply<ScalarRegister<T>, T, T>(a, b, c, add);
        }
    }

    /// <summary>The same on registers of one kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TRegister, TVector, T>(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, bool add = false)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
    {
        if (a.Columns.Count == 0)
        {
            MultiplyNothing(c, add);
        }
        else
        {
            BlockedProduct<TRegister, TVector, T>.Multiply(a, b, c, add);
        }
    }

    /// <summary>Sums of no terms are 0.</summary>
    private static void MultiplyNothing<T>(in Matrix<T> c, bool add)
        where T : unmanaged
    {
        for (var i = 0; i < c.Rows.Count && !add; i++)
        {
            for (var j = 0; j < c.Columns.Count; j++)
            {
                c.At(i, j) = default;
            }
        }
    }
}
