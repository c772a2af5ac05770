using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <content>Sums along lines that are contiguous in the depth: each place of a register holds a sum of its own, and blocks of lines are turned into columns on the way.
/// A sum has to wait for its last multiply-add, so two registers of sums are under way at a time: two chains of the same lines if there are as many, since lines at powers of two meet in few places of the cache.</content>
internal static partial class NarrowProduct<TRegister, TVector, T>
{
    /// <summary>Bytes of a matrix from which it is fetched ahead: more than second-level caches keep.</summary>
    private const int FetchedBytes = 1 << 21;

    /// <summary>Elements of memory that <see cref="MultiplyLines"/> wants: the sums of all chains of an inner product, a register, squares of factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LinesWorkspace(int k) => (k / MatrixProduct.ChainLength(k)) + 1 + TRegister.Count + (2 * SquaresTogether * TRegister.Count * TRegister.Count);

    /// <summary>Each result is an inner product of x and a line of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyLines(ref T x, int k, in Matrix<T> b, in Matrix<T> c, bool add, ref T workspace)
    {
        var columns = c.Columns.Count;
        if (columns >= TRegister.Count)
        {
            MultiplyManyLines(ref x, k, b, c, add, ref workspace);
        }
        else if (columns < Vector128<T>.Count || columns <= k / MatrixProduct.ChainLength(k))
        {
            for (var j = 0; j < columns; j++)
            {
                MultiplyVectors(ref x, ref b.At(0, j), k, ref c.At(0, j), add, ref workspace);
            }
        }
        else if (columns >= Vector256<T>.Count)
        {
            NarrowProduct<Register256<T>, Vector256<T>, T>.MultiplyManyLines(ref x, k, b, c, add, ref workspace);
        }
        else
        {
            NarrowProduct<Register128<T>, Vector128<T>, T>.MultiplyManyLines(ref x, k, b, c, add, ref workspace);
        }
    }

    /// <summary>At least a register of lines; the last ones overlap those before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyManyLines(ref T x, int k, in Matrix<T> b, in Matrix<T> c, bool add, ref T workspace)
    {
        int depth = MatrixProduct.ChainLength(k), last = c.Columns.Count - TRegister.Count;
        ref var blocks = ref Unsafe.Add(ref workspace, TRegister.Count);
        nint pitch = b.Columns.Stride;
        var fetches = (long)c.Columns.Count * k * Unsafe.SizeOf<T>() >= FetchedBytes;
        for (var column = 0; column < c.Columns.Count; column += TRegister.Count)
        {
            var first = Math.Min(column, last);
            if (k <= depth)
            {
                var second = Math.Min(column + TRegister.Count, last);
                AddLines<One>(ref x, ref b.At(0, first), k, ref x, ref b.At(0, second), second > first ? k : 0, 0, pitch, ref blocks, fetches ? 2 * TRegister.Count * pitch : 0, out var sums, out var more);
                Put(sums, c, first, column - first, add, ref workspace);
                column += TRegister.Count;
                if (second > first)
                {
                    Put(more, c, second, column - second, add, ref workspace);
                }

                continue;
            }

            var total = add ? Get(c, first, ref workspace) : default;
            for (var start = 0; start < k; start += 2 * depth)
            {
                int next = Math.Min(start + depth, k), rest = Math.Min(depth, k - next);
                var jump = !fetches ? 0 : start + (2 * depth) < k ? 2 * depth : (TRegister.Count * pitch) - start;
                AddLines<One>(ref Unsafe.Add(ref x, start), ref b.At(start, first), next - start, ref Unsafe.Add(ref x, next), ref b.At(next, first), rest, 0, pitch, ref blocks, jump, out var sums, out var more);
                total = add || start > 0 ? TRegister.Add(total, sums) : sums;
                total = rest > 0 ? TRegister.Add(total, more) : total;
            }

            Put(total, c, first, column - first, add: false, ref workspace);
        }
    }

    /// <summary>An inner product: its chains run side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyVectors(ref T a, ref T b, int k, ref T c, bool add, ref T workspace)
    {
        int depth = MatrixProduct.ChainLength(k), whole = k / depth;
        ref var blocks = ref Unsafe.Add(ref workspace, whole + 1);
        AddChains(ref a, ref b, depth, whole, ref workspace, ref blocks);
        Unsafe.Add(ref workspace, whole) = Chain(default, ref a, whole * depth, k, ref b);
        for (var i = 0; i * depth < k; i++)
        {
            c = add || i > 0 ? c + Unsafe.Add(ref workspace, i) : Unsafe.Add(ref workspace, i);
        }
    }

    /// <summary>Sum i is that of x[i·depth + p]·b[i·depth + p] over p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddChains(ref T x, ref T b, int depth, int count, ref T sums, ref T blocks)
    {
        if (count >= TRegister.Count)
        {
            for (int i = 0, last = count - TRegister.Count; i < count; i += 2 * TRegister.Count)
            {
                int first = Math.Min(i, last), second = Math.Min(i + TRegister.Count, last);
                var (from, to) = ((nint)first * depth, (nint)second * depth);
                AddLines<Two>(ref Unsafe.Add(ref x, from), ref Unsafe.Add(ref b, from), depth, ref Unsafe.Add(ref x, to), ref Unsafe.Add(ref b, to), second > first ? depth : 0, depth, depth, ref blocks, 0, out var low, out var high);
                TRegister.Store(low, ref sums, first);
                if (second > first)
                {
                    TRegister.Store(high, ref sums, second);
                }
            }
        }
        else if (count >= Vector256<T>.Count)
        {
            NarrowProduct<Register256<T>, Vector256<T>, T>.AddChains(ref x, ref b, depth, count, ref sums, ref blocks);
        }
        else if (count >= Vector128<T>.Count && TRegister.Count > Vector128<T>.Count)
        {
            NarrowProduct<Register128<T>, Vector128<T>, T>.AddChains(ref x, ref b, depth, count, ref sums, ref blocks);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                Unsafe.Add(ref sums, i) = Chain(default, ref x, i * depth, (i + 1) * depth, ref b);
            }
        }
    }

    /// <summary>Two registers of sums, the second of at most as many terms: sum j is that of x[j·step + p]·b[j·pitch + p] over p.</summary>
    /// <typeparam name="TFactors">One line of factors for all, or one for each.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLines<TFactors>(
        ref T firstX, ref T firstB, nint terms, ref T secondX, ref T secondB, nint secondTerms, nint step, nint pitch, ref T blocks, nint jump, out TVector first, out TVector second)
        where TFactors : struct, ISize
    {
        var strips = new Strips<TVector, T>(ref firstB, ref firstX) { OtherLines = ref secondB, OtherMemory = ref secondX };
        var squares = secondTerms / TRegister.Count;
        AddSquares<TFactors, Two>(ref strips, ref firstX, ref secondX, step, pitch, squares, ref blocks, jump);
        var p = squares * TRegister.Count;
        first = p == terms ? strips.Sums : AddRest<TFactors>(ref firstX, ref firstB, p, terms, step, pitch, ref blocks, strips.Sums);
        second = p == secondTerms ? strips.OtherSums : AddRest<TFactors>(ref secondX, ref secondB, p, secondTerms, step, pitch, ref blocks, strips.OtherSums);
    }

    /// <summary>One register of sums, from term <paramref name="p"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector AddRest<TFactors>(ref T x, ref T b, nint p, nint terms, nint step, nint pitch, ref T block, TVector sums)
        where TFactors : struct, ISize
    {
        var squares = (terms - p) / TRegister.Count;
        if (squares > 0)
        {
            ref var factors = ref Unsafe.Add(ref x, p);
            var strips = new Strips<TVector, T>(ref Unsafe.Add(ref b, p), ref factors) { Sums = sums };
            AddSquares<TFactors, One>(ref strips, ref factors, ref factors, step, pitch, squares, ref block, jump: 0);
            sums = strips.Sums;
            p += squares * TRegister.Count;
        }

        for (; p + TRegister.Square <= terms; p += TRegister.Square)
        {
            sums = AddSmallSquares<TFactors>(ref Unsafe.Add(ref x, p), step, ref Unsafe.Add(ref b, p), pitch, sums);
        }

        if (p < terms)
        {
            TRegister.Store(sums, ref block, 0);
            for (nint j = 0; j < TRegister.Count; j++)
            {
                ref var sum = ref Unsafe.Add(ref block, j);
                sum = Chain(sum, ref Unsafe.Add(ref x, j * step), p, terms, ref Unsafe.Add(ref b, j * pitch));
            }

            sums = TRegister.Load(ref block, 0);
        }

        return sums;
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
    private static TVector Get(in Matrix<T> c, int column, ref T place)
    {
        for (var j = 0; j < TRegister.Count; j++)
        {
            Unsafe.Add(ref place, j) = c.At(0, column + j);
        }

        return TRegister.Load(ref place, 0);
    }

    /// <summary>Stores a register of results, or adds it, but for the first <paramref name="done"/> ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Put(TVector sums, in Matrix<T> c, int column, int done, bool add, ref T place)
    {
        if (c.Columns.IsContiguous && done == 0 && !add)
        {
            TRegister.Store(sums, ref c.At(0, column), 0);
            return;
        }

        TRegister.Store(sums, ref place, 0);
        var rest = c.Block(0, 1, column, TRegister.Count);
        for (var j = done; j < TRegister.Count; j++)
        {
            ref var to = ref rest.At(0, j);
            to = add ? to + Unsafe.Add(ref place, j) : Unsafe.Add(ref place, j);
        }
    }
}
