using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>How a region reads an input that has its values.</summary>
internal enum RegionLeafKind : byte
{
    /// <summary>In place: the elements lie as the result's do.</summary>
    Direct,

    /// <summary>One element that stands for many: handed to kernels that take numbers, else repeated through a register that is filled once.</summary>
    Number,

    /// <summary>Each element repeated so and so often, and the whole again and again: a row, a column, the bias of a channel.</summary>
    Repeated,

    /// <summary>Any other layout: gathered into a register for each tile.</summary>
    Gathered,
}

/// <summary>An input of a region that has its values, broadcast to the shape of the operation that reads it.</summary>
internal struct RegionLeaf
{
    private readonly Layout expanded;

    public RegionLeaf(Tensor value, Shape reader)
    {
        (Value, Reader) = (value, reader);
        var count = reader.ElementCount;
        if (value.ElementCount == count && value.IsRowMajor)
        {
            Kind = RegionLeafKind.Direct;
        }
        else if (value.ElementCount == 1 && count > 1)
        {
            Kind = RegionLeafKind.Number;
        }
        else
        {
            expanded = value.Layout.Expand(reader);
            Kind = expanded.TryFindRepetition(out var copies, out var period) ? RegionLeafKind.Repeated : RegionLeafKind.Gathered;
            (Copies, Period) = (copies, period);
        }
    }

    public Tensor Value { get; }

    /// <summary>The shape that the elements are broadcast to.</summary>
    public Shape Reader { get; }

    public RegionLeafKind Kind { get; }

    /// <summary>Of a repeated leaf: how often in a row each element comes.</summary>
    public int Copies { get; }

    /// <summary>Of a repeated leaf: after how many elements it begins again.</summary>
    public int Period { get; }

    /// <summary>The number of elements in which it is one element, or one run; 0 for a leaf that is not repeated.</summary>
    public readonly int RowLength => Kind != RegionLeafKind.Repeated || IsPerRow ? 0 : Copies > 1 ? Copies : Period;

    /// <summary>Whether it is read by operations on values of which there is one to the row.</summary>
    public bool IsPerRow { get; set; }

    /// <summary>Whether every operation that reads it takes a number.</summary>
    public bool IsNumberToAll { get; set; }

    /// <summary>Whether a register holds the same in every tile.</summary>
    public readonly bool IsSteady(int rowLength) => Kind == RegionLeafKind.Number || (Kind == RegionLeafKind.Repeated && !IsPerRow && Copies == 1 && Period == rowLength);

    /// <summary>How its elements lie, given the length of the rows that it may repeat in.</summary>
    public readonly LeafAccess AccessBy(int rowLength) => Kind switch
    {
        RegionLeafKind.Direct => LeafAccess.InPlace,
        RegionLeafKind.Number => LeafAccess.Number,
        RegionLeafKind.Repeated when rowLength > 0 && !IsPerRow && RowLength % rowLength == 0 => Copies == 1 ? LeafAccess.Row : LeafAccess.PerRow,
        _ => LeafAccess.Gathered,
    };

    /// <summary>The place in its own memory of what stands at <paramref name="start"/>.</summary>
    public readonly int PlaceOf(int start) => Kind switch
    {
        RegionLeafKind.Direct => start,
        RegionLeafKind.Number => 0,
        _ => start % Period / Copies,
    };

    /// <summary>Copies elements from <paramref name="start"/> on into a register.</summary>
    public readonly void Read(int start, int length, ref byte register)
    {
        switch (Value.DType.ByteSize)
        {
            case 1:
                Read<byte>(start, length, ref register);
                break;
            case 4:
                Read<uint>(start, length, ref register);
                break;
            default:
                Read<ulong>(start, length, ref register);
                break;
        }
    }

    private readonly void Read<T>(int start, int length, ref byte register)
        where T : unmanaged
    {
        var tile = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref register), length);
        if (Kind == RegionLeafKind.Number)
        {
            tile.Fill(Value.Storage<T>()[Value.Offset + PlaceOf(start)]);
        }
        else if (Kind == RegionLeafKind.Repeated)
        {
            Repeat(Value.Storage<T>().Slice(Value.Offset, Period / Copies), start, tile);
        }
        else
        {
            Strided.Gather(Value.Storage<T>(), expanded, start, tile);
        }
    }

    /// <summary>Writes each of some elements as often as a row is long.</summary>
    public static void FillRows(in Tile values, int byteSize, int rowLength, ref byte register)
    {
        switch (byteSize)
        {
            case 1:
                FillRows<byte>(values.As<byte>(), rowLength, ref register);
                break;
            case 4:
                FillRows<uint>(values.As<uint>(), rowLength, ref register);
                break;
            default:
                FillRows<ulong>(values.As<ulong>(), rowLength, ref register);
                break;
        }
    }

    private static void FillRows<T>(ReadOnlySpan<T> values, int rowLength, ref byte register)
        where T : unmanaged
    {
        var tile = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref register), values.Length * rowLength);
        for (var i = 0; i < values.Length; i++)
        {
            tile.Slice(i * rowLength, rowLength).Fill(values[i]);
        }
    }

    private readonly void Repeat<T>(ReadOnlySpan<T> values, int start, Span<T> tile)
    {
        if (Copies == 1)
        {
            var begun = values[(start % Period)..];
            while (!tile.IsEmpty)
            {
                var length = Math.Min(begun.Length, tile.Length);
                begun[..length].CopyTo(tile);
                tile = tile[length..];
                begun = values;
            }

            return;
        }

        var (place, left) = (PlaceOf(start), Copies - (start % Copies));
        while (!tile.IsEmpty)
        {
            var length = Math.Min(left, tile.Length);
            tile[..length].Fill(values[place]);
            tile = tile[length..];
            left = Copies;
            place = place + 1 == values.Length ? 0 : place + 1;
        }
    }
}
