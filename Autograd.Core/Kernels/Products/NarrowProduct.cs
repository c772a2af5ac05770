using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd.Kernels;

/// <summary>C = x B for a single row x: every element of B is read once, so that the loops follow B through memory. The sums are those of <see cref="BlockedProduct{TRegister, TVector, T}"/>, bit for bit.</summary>
internal static partial class NarrowProduct<TRegister, TVector, T>
    where TRegister : struct, IRegister<TVector, T>
    where TVector : struct
    where T : unmanaged, INumber<T>
{
    /// <summary>Sums that are under way at a time: they stay in the first-level cache.</summary>
    private const int SumsLength = 1024;

    /// <summary>Elements of memory that <see cref="Multiply"/> wants.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WorkspaceLength(int k) => k + Math.Max(SumsLength + (2 * TRegister.Count), LinesWorkspace(k));

    /// <summary>Whether the matrices lie so that these loops pay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Suits(in Matrix<T> b)
        => (b.Columns.IsContiguous && b.Columns.Count >= TRegister.Count && !b.Rows.IsTable) || (b.Rows.IsContiguous && !b.Columns.IsTable);

    /// <summary>C ← x B, or C + x B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, bool add, ref T workspace)
    {
        var k = a.Columns.Count;
        ref var x = ref workspace;
        if (a.Columns.IsContiguous)
        {
            x = ref a.At(0, 0);
        }
        else
        {
            Packing.Pack(a, 0, 1, 1, 0, k, ref x);
            workspace = ref Unsafe.Add(ref workspace, k);
        }

        if (b.Columns.IsContiguous && c.Columns.Count >= TRegister.Count)
        {
            MultiplyAlongRows(ref x, k, b, c, add, ref workspace);
        }
        else
        {
            MultiplyLines(ref x, k, b, c, add, ref workspace);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyAlongRows(ref T x, int k, in Matrix<T> b, in Matrix<T> c, bool add, ref T sums)
    {
        var columns = c.Columns.Count;
        var depth = MatrixProduct.ChainLength(k);
        for (int column = 0, across; column < columns; column += across)
        {
            // No piece is shorter than a register: what would be left behind the last whole one belongs to it.
            across = columns - column < SumsLength + TRegister.Count ? columns - column : SumsLength;
            for (var start = 0; start < k; start += depth)
            {
                AlongRows(ref Unsafe.Add(ref x, start), Math.Min(depth, k - start), ref b.At(start, column), b.Rows.Stride, across, ref sums);
                Store(ref sums, c, column, across, add || start > 0);
            }
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
