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

    /// <summary>Broadcast or strided: gathered into a register for each tile.</summary>
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
        if (value.ElementCount == count && value.IsRowMajor && value.StorageLength - value.Offset >= Allocate.PaddedLength(count))
        {
            Kind = RegionLeafKind.Direct;
        }
        else if (value.ElementCount == 1 && count > 1)
        {
            Kind = RegionLeafKind.Number;
        }
        else
        {
            Kind = RegionLeafKind.Gathered;
            expanded = value.Layout.Expand(reader);
        }
    }

    public Tensor Value { get; }

    /// <summary>The shape that the elements are broadcast to.</summary>
    public Shape Reader { get; }

    public RegionLeafKind Kind { get; }

    /// <summary>Whether every operation that reads it takes a number.</summary>
    public bool IsNumberToAll { get; set; }

    /// <summary>The register that holds it tile by tile; −1 if it is read in place, or as a number.</summary>
    public int Register { get; set; }

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
            tile.Fill(Value.Storage<T>()[Value.Offset]);
        }
        else
        {
            Strided.Gather(Value.Storage<T>(), expanded, start, tile);
        }
    }
}
