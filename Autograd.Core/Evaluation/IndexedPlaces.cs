using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Evaluation;

/// <summary>Where an index tensor points in a row-major tensor: for each place p of the index, x's element at p with coordinate <c>dim</c> replaced by the index's value there.</summary>
internal static class IndexedPlaces
{
    /// <summary>The place of each element, in the index's row-major order; negative indices count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public static int[] Of(Tensor index, Shape shape, int dim, string operation)
    {
        var places = new int[index.ElementCount];
        Fill(index, shape, dim, operation, places);
        return places;
    }

    /// <summary>The same, to memory of the caller's: as many places as the index has elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Tensor index, Shape shape, int dim, string operation, Span<int> places)
    {
        if (places.Length == 0)
        {
            return;
        }

        var source = index.RowMajor();
        ReadOnlySpan<long> numbers = source.Elements<long>();
        var strides = shape.RowMajorStrides;
        var step = shape.Rank == 0 ? 1 : strides[dim];
        var size = shape.Rank == 0 ? 1 : shape[dim];
        int[] others = [.. strides];
        if (shape.Rank > 0)
        {
            others[dim] = 0;
        }

        var walk = new RowWalk(new Layout(index.Shape, others, 0), 0, stackalloc int[shape.Rank]);
        while (!places.IsEmpty)
        {
            var run = places[..walk.Remaining];
            var (offset, neighbour) = (walk.Offset, walk.Step);
            for (var k = 0; k < run.Length; k++, offset += neighbour)
            {
                var number = numbers[k];
                run[k] = offset + (((ulong)number < (ulong)size ? (int)number : Check(number, size, shape, dim, operation)) * step);
            }

            places = places[run.Length..];
            numbers = numbers[run.Length..];
            walk.Advance(run.Length);
        }

        GC.KeepAlive(source);
    }

    /// <summary>The slices that a vector of indices names, as 0 … size − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Slices(Tensor index, Span<int> slices, Shape shape, int dim, string operation)
    {
        ReadOnlySpan<long> numbers = index.Elements<long>();
        var size = shape[dim];
        if (AreWithin(numbers, size))
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                slices[i] = (int)numbers[i];
            }

            return;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            slices[i] = Check(numbers[i], size, shape, dim, operation);
        }
    }

    /// <summary>Whether all numbers are 0 … size − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreWithin(ReadOnlySpan<long> numbers, int size)
    {
        ref var first = ref MemoryMarshal.GetReference(numbers);
        var (sizes, beyond) = (Vector512.Create((ulong)size), Vector512<ulong>.Zero);
        var i = 0;
        for (; i + Vector512<long>.Count <= numbers.Length; i += Vector512<long>.Count)
        {
            beyond |= Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref first, (nuint)i).AsUInt64(), sizes);
        }

        var within = beyond == Vector512<ulong>.Zero;
        for (; i < numbers.Length; i++)
        {
            within &= (ulong)numbers[i] < (ulong)size;
        }

        return within;
    }

    /// <summary>The index as 0 … size − 1.</summary>
    public static int Check(long index, int size, Shape shape, int dim, string operation)
    {
        var place = index < 0 ? index + size : index;
        return (ulong)place < (ulong)size
            ? (int)place
            : throw new ArgumentOutOfRangeException(
                nameof(index), index, $"{operation}: dimension {dim} of shape {shape} has elements 0 to {size - 1}, and the index holds {index}.");
    }

    /// <summary>The index tensor, checked to hold whole numbers.</summary>
    public static Tensor Whole(Tensor index, string operation)
        => index.DType == DType.Int64
            ? index
            : throw new DTypeException($"{operation}: an index holds Int64 numbers, not {index.DType}. Convert it: index.To(DType.Int64).");

    /// <summary>Checks that an index fits into a shape everywhere but along one dimension.</summary>
    public static void CheckFits(Shape index, Shape shape, int dim, string operation)
    {
        var fits = index.Rank == shape.Rank;
        for (var i = 0; fits && i < shape.Rank; i++)
        {
            fits = i == dim || index[i] <= shape[i];
        }

        if (!fits && index.ElementCount > 0)
        {
            throw new ShapeException($"{operation}: an index of shape {index} does not fit shape {shape}; it needs as many dimensions, and no greater sizes except along dimension {dim}.");
        }
    }
}
