using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Long short-term memory: i, f, g, o = σ, σ, tanh, σ of the sums; c′ = fc + ig; h′ = o tanh c′. The workings of a row are i, f, g, o, c′, tanh c′.</summary>
internal readonly struct LstmKernel : IRecurrentCell
{
    public static int Gates => 4;

    public static int Parts => 2;

    public static int Workings => 6;

    public static int CellPlace => 4;

    public static ReadOnlySpan<CellSums> Products => new CellSums[] { new(0, 4, true, 0) };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(Span<T> workings, ReadOnlySpan<T> hidden, ReadOnlySpan<T> cell, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var size = next.Length;
        var gates = workings[..(2 * size)];
        var proposal = workings.Slice(2 * size, size);
        var output = workings.Slice(3 * size, size);
        VectorMath.Sigmoid<T>(gates, gates);
        VectorMath.Tanh<T>(proposal, proposal);
        VectorMath.Sigmoid<T>(output, output);
        var nextCell = workings.Slice(4 * size, size);
        var shape = workings[(5 * size)..];
        Remember(gates, proposal, cell, nextCell);
        VectorMath.Tanh<T>(nextCell, shape);
        Pairwise.Map<Product, T>(output, shape, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(ReadOnlySpan<T> workings, ReadOnlySpan<T> hidden, ReadOnlySpan<T> cell, Span<T> gradHidden, Span<T> gradCell, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var size = (nuint)cell.Length;
        ref var i = ref MemoryMarshal.GetReference(workings);
        ref var c = ref MemoryMarshal.GetReference(cell);
        ref var dh = ref MemoryMarshal.GetReference(gradHidden);
        ref var dc = ref MemoryMarshal.GetReference(gradCell);
        ref var d = ref MemoryMarshal.GetReference(sums);
        var one = Vector512<T>.One;
        nuint j = 0;
        for (; j + (nuint)Vector512<T>.Count <= size; j += (nuint)Vector512<T>.Count)
        {
            var (input, forget, proposal) = (Vector512.LoadUnsafe(ref i, j), Vector512.LoadUnsafe(ref i, size + j), Vector512.LoadUnsafe(ref i, (2 * size) + j));
            var (output, shape) = (Vector512.LoadUnsafe(ref i, (3 * size) + j), Vector512.LoadUnsafe(ref i, (5 * size) + j));
            var toHidden = Vector512.LoadUnsafe(ref dh, j);
            var toCell = Vector512.LoadUnsafe(ref dc, j) + (toHidden * output * (one - (shape * shape)));
            (toCell * proposal * (input * (one - input))).StoreUnsafe(ref d, j);
            (toCell * Vector512.LoadUnsafe(ref c, j) * (forget * (one - forget))).StoreUnsafe(ref d, size + j);
            (toCell * input * (one - (proposal * proposal))).StoreUnsafe(ref d, (2 * size) + j);
            (toHidden * shape * (output * (one - output))).StoreUnsafe(ref d, (3 * size) + j);
            (toCell * forget).StoreUnsafe(ref dc, j);
            Vector512<T>.Zero.StoreUnsafe(ref dh, j);
        }

        for (; j < size; j++)
        {
            var (input, forget, proposal) = (Unsafe.Add(ref i, j), Unsafe.Add(ref i, size + j), Unsafe.Add(ref i, (2 * size) + j));
            var (output, shape) = (Unsafe.Add(ref i, (3 * size) + j), Unsafe.Add(ref i, (5 * size) + j));
            var toHidden = Unsafe.Add(ref dh, j);
            var toCell = Unsafe.Add(ref dc, j) + (toHidden * output * (T.One - (shape * shape)));
            Unsafe.Add(ref d, j) = toCell * proposal * (input * (T.One - input));
            Unsafe.Add(ref d, size + j) = toCell * Unsafe.Add(ref c, j) * (forget * (T.One - forget));
            Unsafe.Add(ref d, (2 * size) + j) = toCell * input * (T.One - (proposal * proposal));
            Unsafe.Add(ref d, (3 * size) + j) = toHidden * shape * (output * (T.One - output));
            Unsafe.Add(ref dc, j) = toCell * forget;
            Unsafe.Add(ref dh, j) = T.Zero;
        }
    }

    /// <summary>c′ = fc + ig.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Remember<T>(ReadOnlySpan<T> gates, ReadOnlySpan<T> proposal, ReadOnlySpan<T> cell, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var size = (nuint)next.Length;
        ref var i = ref MemoryMarshal.GetReference(gates);
        ref var g = ref MemoryMarshal.GetReference(proposal);
        ref var c = ref MemoryMarshal.GetReference(cell);
        ref var y = ref MemoryMarshal.GetReference(next);
        nuint j = 0;
        for (; j + (nuint)Vector512<T>.Count <= size; j += (nuint)Vector512<T>.Count)
        {
            ((Vector512.LoadUnsafe(ref i, size + j) * Vector512.LoadUnsafe(ref c, j)) + (Vector512.LoadUnsafe(ref i, j) * Vector512.LoadUnsafe(ref g, j))).StoreUnsafe(ref y, j);
        }

        for (; j < size; j++)
        {
            Unsafe.Add(ref y, j) = (Unsafe.Add(ref i, size + j) * Unsafe.Add(ref c, j)) + (Unsafe.Add(ref i, j) * Unsafe.Add(ref g, j));
        }
    }
}
