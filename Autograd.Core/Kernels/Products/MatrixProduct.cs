using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>C = A B, or C + A B, of matrices anywhere in memory, on the widest registers of the machine.</summary>
/// <remarks>Sums are formed in an order that depends on their length alone: chains of multiply-adds of at most <see cref="LongestChain"/> terms, added up in turn to sums of at most
/// <see cref="LongestSum"/> terms, which are added up in turn. That keeps rounding errors small, and bits the same on all registers, in all blocks, for any number of threads.</remarks>
internal static class MatrixProduct
{
    /// <summary>The most terms of one chain of multiply-adds; also what a packed panel is deep.</summary>
    public const int LongestChain = 256;

    /// <summary>The most terms of a sum of chains.</summary>
    public const int LongestSum = 32 * LongestChain;

    /// <summary>Columns of C that count as rows, where these are more.</summary>
    private const int FewColumns = 4;

    /// <summary>Rows and columns of C whose long sums are formed together.</summary>
    private const int LongRows = 144;
    private const int LongColumns = 512;

    /// <summary>What the lengths of chains are multiples of, but for the last one's: whole registers.</summary>
    private const int ChainGrain = 16;

    /// <summary>The terms of each chain but the last: about as even as can be.</summary>
    public static int ChainLength(int k) => Even(k, LongestChain, ChainGrain);

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
        // Cᵀ = Bᵀ Aᵀ: few columns would fill no register, and lines of C should be contiguous.
        if (c.Columns.Count <= FewColumns ? c.Rows.Count > c.Columns.Count : !c.Columns.IsContiguous && c.Rows.IsContiguous && c.Rows.Count > 1)
        {
            Compute<TRegister, TVector, T>(b.Transposed, a.Transposed, c.Transposed, add);
        }
        else
        {
            Compute<TRegister, TVector, T>(a, b, c, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TRegister, TVector, T>(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, bool add)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
    {
        var k = a.Columns.Count;
        if (k == 0)
        {
            Clear(c, add);
        }
        else if (k <= LongestSum)
        {
            Sum<TRegister, TVector, T>(a, b, c, add, ref Memory<T>(WorkspaceLength<TRegister, TVector, T>(c.Rows.Count, c.Columns.Count, k)));
        }
        else
        {
            SumLong<TRegister, TVector, T>(a, b, c, add);
        }
    }

    /// <summary>Blocks of C, each the sum of several products of its size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumLong<TRegister, TVector, T>(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, bool add)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
    {
        int rows = c.Rows.Count, columns = c.Columns.Count, k = a.Columns.Count;
        var depth = Even(k, LongestSum, LongestChain);
        var workspaceLength = WorkspaceLength<TRegister, TVector, T>(Math.Min(rows, LongRows), Math.Min(columns, LongColumns), depth);
        ref var workspace = ref Memory<T>(workspaceLength + (Math.Min(rows, LongRows) * Math.Min(columns, LongColumns)));
        ref var sums = ref Unsafe.Add(ref workspace, workspaceLength);
        for (var row = 0; row < rows; row += LongRows)
        {
            for (var column = 0; column < columns; column += LongColumns)
            {
                var (height, width) = (Math.Min(LongRows, rows - row), Math.Min(LongColumns, columns - column));
                var sum = new Matrix<T>(ref sums, new(height, width), new(width, 1));
                var block = c.Block(row, height, column, width);
                for (var start = 0; start < k; start += depth)
                {
                    var terms = Math.Min(depth, k - start);
                    Sum<TRegister, TVector, T>(a.Block(row, height, start, terms), b.Block(start, terms, column, width), start == 0 ? block : sum, start == 0 && add, ref workspace);
                    if (start > 0)
                    {
                        Add(sum, block);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TRegister, TVector, T>(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, bool add, ref T workspace)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
    {
        if (c.Rows.Count == 1 && NarrowProduct<TRegister, TVector, T>.Suits(b))
        {
            NarrowProduct<TRegister, TVector, T>.Multiply(a, b, c, add, ref workspace);
        }
        else
        {
            BlockedProduct<TRegister, TVector, T>.Multiply(a, b, c, add, ref workspace);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WorkspaceLength<TRegister, TVector, T>(int rows, int columns, int k)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
        => Math.Max(BlockedProduct<TRegister, TVector, T>.WorkspaceLength(rows, columns, Math.Min(k, LongestChain)), NarrowProduct<TRegister, TVector, T>.WorkspaceLength(k));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Memory<T>(int length)
        where T : unmanaged => ref Unsafe.As<byte, T>(ref Scratch.Memory(length * Unsafe.SizeOf<T>()));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(in Matrix<T> terms, in Matrix<T> sums)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < terms.Rows.Count; i++)
        {
            for (var j = 0; j < terms.Columns.Count; j++)
            {
                sums.At(i, j) += terms.At(i, j);
            }
        }
    }

    /// <summary>Sums of no terms are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clear<T>(in Matrix<T> c, bool add)
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

    /// <summary>A length of parts of at most <paramref name="most"/> terms, a multiple of <paramref name="grain"/> if there are several.</summary>
    private static int Even(int length, int most, int grain)
    {
        var parts = ((length - 1) / most) + 1;
        return parts == 1 ? length : ((length - 1) / parts / grain * grain) + grain;
    }
}
