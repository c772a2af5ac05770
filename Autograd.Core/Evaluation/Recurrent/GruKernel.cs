using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The gated recurrent unit: r, z = σ of the first sums; n = tanh(s + rq) of the other two; h′ = n + z(h − n). The workings of a row are r, z, n, q.</summary>
internal readonly struct GruKernel : IRecurrentCell
{
    public static int Gates => 3;

    public static int Parts => 1;

    public static int Workings => 4;

    public static int CellPlace => 4;

    public static ReadOnlySpan<CellSums> Products => new CellSums[] { new(0, 2, true, 0), new(2, 1, true, -1), new(3, 1, false, 2) };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(Span<T> workings, ReadOnlySpan<T> hidden, ReadOnlySpan<T> cell, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var size = next.Length;
        var gates = workings[..(2 * size)];
        var proposal = workings.Slice(2 * size, size);
        VectorMath.Sigmoid<T>(gates, gates);
        Pairwise.Map<Product, T>(gates[..size], workings[(3 * size)..], next);
        Pairwise.Map<Sum, T>(proposal, next, proposal);
        VectorMath.Tanh<T>(proposal, proposal);
        Pairwise.Map<Difference, T>(hidden, proposal, next);
        Pairwise.Map<Product, T>(next, gates[size..], next);
        Pairwise.Map<Sum, T>(next, proposal, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(ReadOnlySpan<T> workings, ReadOnlySpan<T> hidden, ReadOnlySpan<T> cell, Span<T> gradHidden, Span<T> gradCell, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var size = (nuint)hidden.Length;
        ref var r = ref MemoryMarshal.GetReference(workings);
        ref var h = ref MemoryMarshal.GetReference(hidden);
        ref var dh = ref MemoryMarshal.GetReference(gradHidden);
        ref var d = ref MemoryMarshal.GetReference(sums);
        var one = Vector512<T>.One;
        nuint j = 0;
        for (; j + (nuint)Vector512<T>.Count <= size; j += (nuint)Vector512<T>.Count)
        {
            var (reset, update) = (Vector512.LoadUnsafe(ref r, j), Vector512.LoadUnsafe(ref r, size + j));
            var (proposal, recalled) = (Vector512.LoadUnsafe(ref r, (2 * size) + j), Vector512.LoadUnsafe(ref r, (3 * size) + j));
            var grad = Vector512.LoadUnsafe(ref dh, j);
            var toProposal = grad * (one - update) * (one - (proposal * proposal));
            (toProposal * recalled * (reset * (one - reset))).StoreUnsafe(ref d, j);
            (grad * (Vector512.LoadUnsafe(ref h, j) - proposal) * (update * (one - update))).StoreUnsafe(ref d, size + j);
            toProposal.StoreUnsafe(ref d, (2 * size) + j);
            (toProposal * reset).StoreUnsafe(ref d, (3 * size) + j);
            (grad * update).StoreUnsafe(ref dh, j);
        }

        for (; j < size; j++)
        {
            var (reset, update) = (Unsafe.Add(ref r, j), Unsafe.Add(ref r, size + j));
            var (proposal, recalled) = (Unsafe.Add(ref r, (2 * size) + j), Unsafe.Add(ref r, (3 * size) + j));
            var grad = Unsafe.Add(ref dh, j);
            var toProposal = grad * (T.One - update) * (T.One - (proposal * proposal));
            Unsafe.Add(ref d, j) = toProposal * recalled * (reset * (T.One - reset));
            Unsafe.Add(ref d, size + j) = grad * (Unsafe.Add(ref h, j) - proposal) * (update * (T.One - update));
            Unsafe.Add(ref d, (2 * size) + j) = toProposal;
            Unsafe.Add(ref d, (3 * size) + j) = toProposal * reset;
            Unsafe.Add(ref dh, j) = grad * update;
        }
    }
}
