using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>Copies between strided layouts and runs of consecutive elements. Values are only moved, so one instance per element size serves all types.</summary>
internal static class Strided
{
    /// <summary>Elements that are worth a thread's while.</summary>
    private const int ElementsPerPiece = 1 << 15;

    /// <summary>A row-major copy of a tensor's values; not recorded.</summary>
    public static Tensor Copy(Tensor source)
    {
        var copy = Allocate.Tensor(source.Shape, source.DType);
        switch (source.DType.ByteSize)
        {
            case 1:
                Gather<byte>(source, copy);
                break;
            case 4:
                Gather<uint>(source, copy);
                break;
            default:
                Gather<ulong>(source, copy);
                break;
        }

        GC.KeepAlive(source);
        return copy;
    }

    /// <summary>Writes a tensor's elements, in row-major order, to the places of a layout of a freshly allocated one.</summary>
    public static void Write(Tensor source, Tensor target, in Layout places)
    {
        var values = source.RowMajor();
        switch (target.DType.ByteSize)
        {
            case 1:
                Scatter(values.Elements<byte>(), target.Storage<byte>(), places);
                break;
            case 4:
                Scatter(values.Elements<uint>(), target.Storage<uint>(), places);
                break;
            default:
                Scatter(values.Elements<ulong>(), target.Storage<ulong>(), places);
                break;
        }

        GC.KeepAlive(values);
    }

    /// <summary>Elements <paramref name="start"/>, start + 1, … of a layout, in row-major order, into <paramref name="destination"/>.</summary>
    public static void Gather<T>(ReadOnlySpan<T> source, in Layout layout, int start, Span<T> destination)
        where T : unmanaged
    {
        var walk = new RowWalk(layout, start, stackalloc int[layout.Shape.Rank]);
        while (!destination.IsEmpty)
        {
            var length = Math.Min(walk.Remaining, destination.Length);
            CopyRow(source, walk.Offset, walk.Step, destination[..length]);
            destination = destination[length..];
            walk.Advance(length);
        }
    }

    private static void Gather<T>(Tensor source, Tensor copy)
        where T : unmanaged
        => Workers.Do((int)((copy.ElementCount + (ElementsPerPiece - 1L)) / ElementsPerPiece), new Pieces<T>(source, copy));

    /// <summary>Writes consecutive elements to all the places of a layout, in row-major order.</summary>
    private static void Scatter<T>(ReadOnlySpan<T> source, Span<T> destination, in Layout layout)
        where T : unmanaged
    {
        var walk = new RowWalk(layout, 0, stackalloc int[layout.Shape.Rank]);
        while (!source.IsEmpty)
        {
            var length = Math.Min(walk.Remaining, source.Length);
            var place = walk.Offset;
            if (walk.Step == 1)
            {
                source[..length].CopyTo(destination.Slice(place, length));
            }
            else
            {
                for (var i = 0; i < length; i++, place += walk.Step)
                {
                    destination[place] = source[i];
                }
            }

            source = source[length..];
            walk.Advance(length);
        }
    }

    private static void CopyRow<T>(ReadOnlySpan<T> source, int offset, int step, Span<T> destination)
        where T : unmanaged
    {
        switch (step)
        {
            case 1:
                source.Slice(offset, destination.Length).CopyTo(destination);
                break;
            case 0:
                destination.Fill(source[offset]);
                break;
            default:
                // The first and the last place are checked; the ones between lie between.
                _ = source[offset];
                _ = source[offset + ((destination.Length - 1) * step)];
                ref var from = ref MemoryMarshal.GetReference(source);
                nint place = offset;
                for (var i = 0; i < destination.Length; i++, place += step)
                {
                    destination[i] = Unsafe.Add(ref from, place);
                }

                break;
        }
    }

    private readonly struct Pieces<T>(Tensor source, Tensor copy) : IWork
        where T : unmanaged
    {
        public void Do(int index)
        {
            var start = index * ElementsPerPiece;
            Gather(source.Storage<T>(), source.Layout, start, copy.Elements<T>().Slice(start, Math.Min(ElementsPerPiece, copy.ElementCount - start)));
        }
    }
}
