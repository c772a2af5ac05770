using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Autograd.Interop;

/// <summary>An element type of safetensors: its name, its bytes, and the type of a tensor that holds all its values.</summary>
/// <param name="Name">As the header names it: <c>F32</c>.</param>
/// <param name="Stored">The same elements as NumPy would describe them; BF16, which NumPy has not, as its 16 bits.</param>
internal sealed record SafetensorsElement(string Name, NpyElement Stored)
{
    private static readonly SafetensorsElement[] All =
    [
        new("BOOL", new('b', 1, IsBigEndian: false)),
        new("U8", new('u', 1, IsBigEndian: false)), new("I8", new('i', 1, IsBigEndian: false)),
        new("U16", new('u', 2, IsBigEndian: false)), new("I16", new('i', 2, IsBigEndian: false)),
        new("U32", new('u', 4, IsBigEndian: false)), new("I32", new('i', 4, IsBigEndian: false)),
        new("U64", new('u', 8, IsBigEndian: false)), new("I64", new('i', 8, IsBigEndian: false)),
        new("F16", new('f', 2, IsBigEndian: false)), new("F32", new('f', 4, IsBigEndian: false)), new("F64", new('f', 8, IsBigEndian: false)),
        new(BFloat, new('u', 2, IsBigEndian: false)),
    ];

    private const string BFloat = "BF16";

    public int ByteSize => Stored.ByteSize;

    public DType DType => Name == BFloat ? DType.Float32 : Stored.DType;

    /// <summary>The element type of a name; null if there is none that a tensor can hold.</summary>
    public static SafetensorsElement? Find(string name) => Array.Find(All, element => element.Name == name);

    /// <summary>What a tensor's elements are written as.</summary>
    public static SafetensorsElement Of(DType dtype, StoredFloats floats) => Find((dtype, floats) switch
    {
        (DType.Bool, _) => "BOOL",
        (DType.Int64, _) => "I64",
        (_, StoredFloats.Half) => "F16",
        (_, StoredFloats.BFloat16) => BFloat,
        (DType.Float32, _) => "F32",
        _ => "F64",
    })!;

    /// <summary>Converts elements as they come from a file to those of a tensor. The bytes are used up.</summary>
    public void Read(Span<byte> bytes, Tensor tensor, int start)
    {
        if (Name != BFloat)
        {
            Stored.Convert(bytes, tensor, start);
            return;
        }

        var bits = MemoryMarshal.Cast<byte, ushort>(bytes);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        BFloat16.Widen(bits, tensor.Elements<float>().Slice(start, bits.Length));
    }

    /// <summary>Writes elements of a row-major tensor of the type that this one was made for.</summary>
    public void Write(Tensor source, int start, Span<byte> bytes)
    {
        switch (Name, source.DType)
        {
            case (_, DType.Bool):
                MemoryMarshal.AsBytes(source.Elements<bool>().Slice(start, bytes.Length)).CopyTo(bytes);
                break;
            case (_, DType.Int64):
                Write(source.Elements<long>()[start..], bytes, BinaryPrimitives.WriteInt64LittleEndian);
                break;
            case ("F16" or BFloat, DType.Float32):
                Narrow(source.Elements<float>()[start..], bytes);
                break;
            case ("F16" or BFloat, _):
                Narrow(source.Elements<double>()[start..], bytes);
                break;
            case (_, DType.Float32):
                Write(source.Elements<float>()[start..], bytes, BinaryPrimitives.WriteSingleLittleEndian);
                break;
            default:
                Write(source.Elements<double>()[start..], bytes, BinaryPrimitives.WriteDoubleLittleEndian);
                break;
        }
    }

    private delegate void WriteOne<T>(Span<byte> place, T value);

    private static void Write<T>(ReadOnlySpan<T> values, Span<byte> bytes, WriteOne<T> reversed)
        where T : unmanaged
    {
        var places = MemoryMarshal.Cast<byte, T>(bytes);
        if (BitConverter.IsLittleEndian)
        {
            values[..places.Length].CopyTo(places);
            return;
        }

        for (var i = 0; i < places.Length; i++)
        {
            reversed(bytes[(i * (bytes.Length / places.Length))..], values[i]);
        }
    }

    private void Narrow<T>(ReadOnlySpan<T> values, Span<byte> bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < bytes.Length / 2; i++)
        {
            var bits = Name == BFloat ? BFloat16.Round(double.CreateTruncating(values[i])) : BitConverter.HalfToUInt16Bits(Half.CreateTruncating(values[i]));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(2 * i)..], bits);
        }
    }
}
