using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd.Kernels;

/// <summary>C = x B for a single row x: every element of B is read once, so that the loops follow B through memory. The sums are those of <see cref="BlockedProduct{TRegister, TVector, T}"/>, bit for bit.</summary>
internal static class NarrowProduct<TRegister, TVector, T>
    where TRegister : struct, IRegister<TVector, T>
    where TVector : struct
    where T : unmanaged, INumber<T>
{
    /// <summary>Sums that are under way at a time: they stay in the first-level cache.</summary>
    private const int SumsLength = 1024;

    /// <summary>Elements of memory that <see cref="Multiply"/> wants.</summary>
    public static int WorkspaceLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MatrixProduct.LongestChain + SumsLength + (2 * TRegister.Count);
    }

    /// <summary>Whether the matrices lie so that these loops pay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Suits(in Matrix<T> b)
        => (b.Columns.IsContiguous && b.Columns.Count >= TRegister.Count && !b.Rows.IsTable) || (b.Rows.IsContiguous && !b.Columns.IsTable);

    /// <summary>C ← x B, or C + x B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, bool add, ref T workspace)
    {
        if (c.Columns.Count == 1 && a.Columns.IsContiguous && b.Rows.IsContiguous)
        {
            MultiplyVectors(ref a.At(0, 0), ref b.At(0, 0), a.Columns.Count, ref c.At(0, 0), add, ref workspace);
            return;
        }

        int columns = c.Columns.Count, k = a.Columns.Count;
        var depth = MatrixProduct.ChainLength(k);
        ref var sums = ref Unsafe.Add(ref workspace, depth);
        var alongRows = b.Columns.IsContiguous && columns >= TRegister.Count;
        for (var start = 0; start < k; start += depth)
        {
            var terms = Math.Min(depth, k - start);
            Packing.Pack(a, 0, 1, 1, start, terms, ref workspace);
            for (int column = 0, across; column < columns; column += across)
            {
                across = columns - column < SumsLength + TRegister.Count ? columns - column : SumsLength;
                ref var first = ref b.At(start, column);
                if (alongRows)
                {
                    AlongRows(ref workspace, terms, ref first, b.Rows.Stride, across, ref sums);
                }
                else
                {
                    AlongColumns(ref workspace, 0, terms, ref first, b.Columns.Stride, across, ref sums);
                }

                Store(ref sums, c, column, across, add || start > 0);
            }
        }
    }

    /// <summary>An inner product: its chains run side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyVectors(ref T a, ref T b, int k, ref T c, bool add, ref T sums)
    {
        var depth = MatrixProduct.ChainLength(k);
        var whole = k / depth;
        AlongColumns(ref a, depth, depth, ref b, depth, whole, ref sums);
        AlongColumns(ref Unsafe.Add(ref a, whole * depth), 0, k % depth, ref Unsafe.Add(ref b, whole * depth), 0, 1, ref Unsafe.Add(ref sums, whole));
        for (var i = 0; i * depth < k; i++)
        {
            c = add || i > 0 ? c + Unsafe.Add(ref sums, i) : Unsafe.Add(ref sums, i);
        }
    }

    /// <summary>Lines of B, four at a time, pass over the sums. The last register of a line overlaps the one before; its sums stand behind the others until the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AlongRows(ref T x, int terms, ref T b, nint pitch, int columns, ref T sums)
    {
        nint whole = columns / TRegister.Count * TRegister.Count, last = columns - TRegister.Count;
        MemoryMarshal.CreateSpan(ref sums, (int)whole + TRegister.Count).Clear();
        var p = 0;
        for (; p + 4 <= terms; p += 4, b = ref Unsafe.Add(ref b, 4 * pitch))
        {
            ref var factors = ref Unsafe.Add(ref x, p);
            for (nint j = 0; j < whole; j += TRegister.Count)
            {
                AddFour(ref factors, ref Unsafe.Add(ref b, j), pitch, ref sums, j);
            }

            if (whole < columns)
            {
                AddFour(ref factors, ref Unsafe.Add(ref b, last), pitch, ref sums, whole);
            }
        }

        for (; p < terms; p++, b = ref Unsafe.Add(ref b, pitch))
        {
            for (nint j = 0; j < whole; j += TRegister.Count)
            {
                AddOne(ref x, p, ref b, j, ref sums, j);
            }

            if (whole < columns)
            {
                AddOne(ref x, p, ref b, last, ref sums, whole);
            }
        }

        for (var j = whole; j < columns; j++)
        {
            Unsafe.Add(ref sums, j) = Unsafe.Add(ref sums, whole + j - last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(ref T x, ref T b, nint pitch, ref T sums, nint index)
    {
        var sum = TRegister.MultiplyAdd(TRegister.Broadcast(ref x, 0), TRegister.Load(ref b, 0), TRegister.Load(ref sums, index));
        sum = TRegister.MultiplyAdd(TRegister.Broadcast(ref x, 1), TRegister.Load(ref b, pitch), sum);
        sum = TRegister.MultiplyAdd(TRegister.Broadcast(ref x, 2), TRegister.Load(ref b, 2 * pitch), sum);
        sum = TRegister.MultiplyAdd(TRegister.Broadcast(ref x, 3), TRegister.Load(ref b, 3 * pitch), sum);
        TRegister.Store(sum, ref sums, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOne(ref T x, nint p, ref T b, nint column, ref T sums, nint index)
        => TRegister.Store(TRegister.MultiplyAdd(TRegister.Broadcast(ref x, p), TRegister.Load(ref b, column), TRegister.Load(ref sums, index)), ref sums, index);

    /// <summary>Sum j is that of x[j·step + p]·b[j·pitch + p] over p, where step is 0 or that of another line of x for each of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AlongColumns(ref T x, nint step, int terms, ref T b, nint pitch, int columns, ref T sums)
    {
        if (columns < TRegister.Count)
        {
            for (var j = 0; j < columns; j++)
            {
                Unsafe.Add(ref sums, j) = Chain(default, ref Unsafe.Add(ref x, j * step), 0, terms, ref Unsafe.Add(ref b, j * pitch));
            }

            return;
        }

        // The last lines overlap those before: their sums are computed twice, alike.
        for (int j = 0, last = columns - TRegister.Count; j < columns; j += 2 * TRegister.Count)
        {
            var (first, second) = (Math.Min(j, last), Math.Min(j + TRegister.Count, last));
            if (step == 0)
            {
                AddLines<One>(ref x, step, terms, ref b, pitch, first, second, ref sums);
            }
            else
            {
                AddLines<Two>(ref x, step, terms, ref b, pitch, first, second, ref sums);
            }
        }
    }

    /// <summary>Two registers of sums, each of which has to wait for its last multiply-add.</summary>
    /// <typeparam name="TFactors">One line of factors for all, or one for each.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLines<TFactors>(ref T x, nint step, nint terms, ref T b, nint pitch, int first, int second, ref T sums)
        where TFactors : struct, ISize
    {
        ref var firstB = ref Unsafe.Add(ref b, first * pitch);
        ref var secondB = ref Unsafe.Add(ref b, second * pitch);
        ref var firstX = ref Unsafe.Add(ref x, first * step);
        ref var secondX = ref Unsafe.Add(ref x, second * step);
        TVector firstSums = default, secondSums = default;
        nint p = 0;
        for (; p + (4 * TRegister.Square) <= terms; p += 4 * TRegister.Square)
        {
            for (nint q = p; q < p + (4 * TRegister.Square); q += TRegister.Square)
            {
                AddSquares<TFactors>(ref Unsafe.Add(ref firstX, q), step, ref Unsafe.Add(ref firstB, q), pitch, ref firstSums);
            }

            for (nint q = p; q < p + (4 * TRegister.Square); q += TRegister.Square)
            {
                AddSquares<TFactors>(ref Unsafe.Add(ref secondX, q), step, ref Unsafe.Add(ref secondB, q), pitch, ref secondSums);
            }
        }

        for (; p + TRegister.Square <= terms; p += TRegister.Square)
        {
            AddSquares<TFactors>(ref Unsafe.Add(ref firstX, p), step, ref Unsafe.Add(ref firstB, p), pitch, ref firstSums);
            AddSquares<TFactors>(ref Unsafe.Add(ref secondX, p), step, ref Unsafe.Add(ref secondB, p), pitch, ref secondSums);
        }

        TRegister.Store(firstSums, ref sums, first);
        TRegister.Store(secondSums, ref sums, second);
        for (nint j = 0; j < TRegister.Count && p < terms; j++)
        {
            ref var sum = ref Unsafe.Add(ref sums, first + j);
            sum = Chain(sum, ref Unsafe.Add(ref firstX, j * step), p, terms, ref Unsafe.Add(ref firstB, j * pitch));
        }

        for (nint j = first == second ? TRegister.Count : Math.Max(0, first + TRegister.Count - second); j < TRegister.Count && p < terms; j++)
        {
            ref var sum = ref Unsafe.Add(ref sums, second + j);
            sum = Chain(sum, ref Unsafe.Add(ref secondX, j * step), p, terms, ref Unsafe.Add(ref secondB, j * pitch));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquares<TFactors>(ref T x, nint step, ref T b, nint pitch, ref TVector sums)
        where TFactors : struct, ISize
    {
        Transposition.Load<TRegister, TVector, T>(ref b, pitch, out var b0, out var b1, out var b2, out var b3);
        TVector x0, x1 = default, x2 = default, x3 = default;
        if (TFactors.Value > 1)
        {
            Transposition.Load<TRegister, TVector, T>(ref x, step, out x0, out x1, out x2, out x3);
        }
        else
        {
            x0 = TRegister.Broadcast(ref x, 0);
            x1 = TRegister.Square > 1 ? TRegister.Broadcast(ref x, 1) : x1;
            (x2, x3) = TRegister.Square > 2 ? (TRegister.Broadcast(ref x, 2), TRegister.Broadcast(ref x, 3)) : (x2, x3);
        }

        sums = TRegister.MultiplyAdd(x0, b0, sums);
        sums = TRegister.Square > 1 ? TRegister.MultiplyAdd(x1, b1, sums) : sums;
        sums = TRegister.Square > 2 ? TRegister.MultiplyAdd(x3, b3, TRegister.MultiplyAdd(x2, b2, sums)) : sums;
    }

    /// <summary>A sum continued by the terms from <paramref name="p"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Chain(T sum, ref T x, nint p, nint terms, ref T b)
    {
        for (; p < terms; p++)
        {
            sum = ScalarRegister<T>.MultiplyAdd(Unsafe.Add(ref x, p), Unsafe.Add(ref b, p), sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store(ref T sums, in Matrix<T> c, int column, int columns, bool add)
    {
        for (var j = 0; j < columns; j++)
        {
            ref var place = ref c.At(0, column + j);
            place = add ? place + Unsafe.Add(ref sums, j) : Unsafe.Add(ref sums, j);
        }
    }
}
