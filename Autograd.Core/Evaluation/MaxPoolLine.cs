using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The places of the greatest elements of a line of windows, evenly spaced and of one size: element by element of the window, for a register of windows at once.</summary>
internal readonly ref struct MaxPoolLine<T>
    where T : unmanaged, INumber<T>
{
    private readonly T[] memory;
    private readonly int count;
    private readonly int stride;
    private readonly int room;

    /// <param name="count">How many windows.</param>
    /// <param name="stride">Their distance.</param>
    public MaxPoolLine(int count, int stride)
    {
        (this.count, this.stride) = (count, stride);
        room = (count + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count;
        memory = ArrayPool<T>.Shared.Rent(3 * room);
        memory.AsSpan().Clear();
    }

    /// <summary>Gives the memory back.</summary>
    public void Release() => ArrayPool<T>.Shared.Return(memory);

    /// <summary>Finds the places within a volume.</summary>
    /// <param name="values">The volume.</param>
    /// <param name="planes">The planes of all windows.</param>
    /// <param name="rows">Their rows.</param>
    /// <param name="columns">The columns of the first one.</param>
    /// <param name="height">The rows of a plane.</param>
    /// <param name="width">The columns.</param>
    /// <param name="places">Where the places go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Greatest(ReadOnlySpan<T> values, PoolWindow planes, PoolWindow rows, PoolWindow columns, int height, int width, Span<long> places)
    {
        ref var greatest = ref MemoryMarshal.GetArrayDataReference(memory);
        ref var at = ref Unsafe.Add(ref greatest, room);
        ref var line = ref Unsafe.Add(ref greatest, 2 * room);
        ref var first = ref MemoryMarshal.GetReference(values);
        var isFirst = true;
        for (var p = planes.Start; p < planes.End; p += planes.Step)
        {
            for (var r = rows.Start; r < rows.End; r += rows.Step)
            {
                for (var c = columns.Start; c < columns.End; c += columns.Step, isFirst = false)
                {
                    var place = (((p * height) + r) * width) + c;
                    if (stride == 1 && place + room <= values.Length)
                    {
                        Choose<One>(ref Unsafe.Add(ref first, place), ref greatest, ref at, place, isFirst);
                    }
                    else if (stride == 2 && place + (2 * room) <= values.Length && Unsafe.SizeOf<T>() == sizeof(int))
                    {
                        Choose<Two>(ref Unsafe.Add(ref first, place), ref greatest, ref at, place, isFirst);
                    }
                    else
                    {
                        Lines.Take(values[place..], stride, ref line, count);
                        Choose<One>(ref line, ref greatest, ref at, place, isFirst);
                    }
                }
            }
        }

        for (var i = 0; i < count; i++)
        {
            places[i] = Unsafe.SizeOf<T>() == sizeof(int) ? Unsafe.BitCast<T, int>(Unsafe.Add(ref at, i)) : Unsafe.BitCast<T, long>(Unsafe.Add(ref at, i));
        }
    }

    /// <summary>What is greater than what was greatest, or not a number, takes its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Choose<TStep>(ref T line, ref T greatest, ref T at, int place, bool isFirst)
        where TStep : struct, ISize
    {
        // Places as numbers of the elements' size.
        var isShort = Unsafe.SizeOf<T>() == sizeof(int);
        var places = isShort ? (Vector512.Create(place) + (Vector512<int>.Indices * stride)).As<int, T>() : (Vector512.Create((long)place) + (Vector512<long>.Indices * stride)).As<long, T>();
        for (nint i = 0; i < room; i += Vector512<T>.Count)
        {
            var value = Lines.Load<TStep, T>(ref line, i);
            var best = Vector512.LoadUnsafe(ref greatest, (nuint)i);
            var wins = isFirst ? Vector512<T>.AllBitsSet : Vector512.GreaterThan(value, best) | ~Vector512.Equals(value, value);
            Vector512.ConditionalSelect(wins, value, best).StoreUnsafe(ref greatest, (nuint)i);
            Vector512.ConditionalSelect(wins, places, Vector512.LoadUnsafe(ref at, (nuint)i)).StoreUnsafe(ref at, (nuint)i);
            places = isShort
                ? (places.AsInt32() + Vector512.Create(stride * Vector512<int>.Count)).As<int, T>()
                : (places.AsInt64() + Vector512.Create((long)stride * Vector512<long>.Count)).As<long, T>();
        }
    }
}
