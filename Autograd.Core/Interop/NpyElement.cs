using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Autograd.Interop;

/// <summary>An element type of NumPy: its kind, its size, and the order of its bytes.</summary>
/// <param name="Kind">'b' truth values, 'i' and 'u' integers with and without sign, 'f' floating point.</param>
/// <param name="ByteSize">Bytes of an element.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct NpyElement(char Kind, int ByteSize, bool IsBigEndian)
{
    /// <summary>The type of a tensor that holds every value of this one. (Of 64-bit numbers without a sign, those that fit.)</summary>
    public DType DType => (Kind, ByteSize) switch
    {
        ('b', _) => DType.Bool,
        ('f', 8) => DType.Float64,
        ('f', _) => DType.Float32,
        _ => DType.Int64,
    };

    /// <summary>As NumPy writes it: <c>&lt;f8</c>.</summary>
    public string Descriptor => $"{(ByteSize == 1 ? '|' : IsBigEndian ? '>' : '<')}{Kind}{ByteSize}";

    /// <summary>The type that a tensor's elements are saved as: as they lie in memory.</summary>
    public static NpyElement Of(DType dtype) => new(
        dtype switch
        {
            DType.Bool => 'b',
            DType.Int64 => 'i',
            _ => 'f',
        },
        dtype.ByteSize,
        dtype != DType.Bool && !BitConverter.IsLittleEndian);

    /// <summary>Reads a descriptor.</summary>
    /// <exception cref="NpyFormatException">No tensor can hold such elements.</exception>
    public static NpyElement Parse(string descriptor)
    {
        var order = descriptor.Length > 0 && descriptor[0] is '<' or '>' or '=' or '|' ? descriptor[0] : '=';
        var rest = descriptor.AsSpan(descriptor.Length > 0 && descriptor[0] is '<' or '>' or '=' or '|' ? 1 : 0);
        return rest switch
        {
            "?" or "b1" => new('b', 1, false),
            "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4" or "u8" or "f2" or "f4" or "f8"
                => new(rest[0], rest[1] - '0', order == '>' || (order is '=' or '|' && !BitConverter.IsLittleEndian)),
            ['O', ..] => throw Refused(descriptor, "Python objects (pickled data), which are never read: they could run code"),
            ['c', ..] => throw Refused(descriptor, "complex numbers; save the real and the imaginary part as two arrays"),
            "f12" or "f16" => throw Refused(descriptor, "floating-point numbers wider than 64 bits; convert them in NumPy: x.astype('float64')"),
            ['S' or 'U' or 'a', ..] => throw Refused(descriptor, "texts"),
            ['M' or 'm', ..] => throw Refused(descriptor, "dates or times; convert them to numbers in NumPy: x.astype('int64')"),
            _ => throw Refused(descriptor, "not numbers that a tensor can hold: bool, integers of 1 to 8 bytes, floating-point numbers of 2 to 8 bytes"),
        };
    }

    /// <summary>Converts elements as they come from a file to those of a tensor. The bytes are used up.</summary>
    public void Convert(Span<byte> bytes, Tensor tensor, int start)
    {
        if (IsBigEndian == BitConverter.IsLittleEndian && ByteSize > 1)
        {
            Reverse(bytes);
        }

        var count = bytes.Length / ByteSize;
        switch (Kind, ByteSize)
        {
            case ('b', _):
                // Only 0 and 1 are truth values in memory; a file could hold others.
                TensorPrimitives.Min(bytes, (byte)1, MemoryMarshal.AsBytes(tensor.Elements<bool>().Slice(start, count)));
                break;
            case ('f', 2):
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), tensor.Elements<float>().Slice(start, count));
                break;
            case ('f', 4):
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(tensor.Elements<float>()[start..]);
                break;
            case ('f', _):
                MemoryMarshal.Cast<byte, double>(bytes).CopyTo(tensor.Elements<double>()[start..]);
                break;
            default:
                ConvertIntegers(bytes, tensor.Elements<long>().Slice(start, count));
                break;
        }
    }

    private void ConvertIntegers(ReadOnlySpan<byte> bytes, Span<long> y)
    {
        switch (Kind, ByteSize)
        {
            case ('i', 1):
                Widen<sbyte>(bytes, y);
                break;
            case ('i', 2):
                Widen<short>(bytes, y);
                break;
            case ('i', 4):
                Widen<int>(bytes, y);
                break;
            case ('u', 1):
                Widen<byte>(bytes, y);
                break;
            case ('u', 2):
                Widen<ushort>(bytes, y);
                break;
            case ('u', 4):
                Widen<uint>(bytes, y);
                break;
            default:
                MemoryMarshal.Cast<byte, long>(bytes).CopyTo(y);
                if (Kind == 'u' && y.ContainsAnyExceptInRange(0, long.MaxValue))
                {
                    throw new NpyFormatException("An unsigned 64-bit integer is beyond 2^63 - 1, the greatest of a tensor (DType.Int64).");
                }

                break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<byte> bytes, Span<long> y)
        where T : unmanaged, INumber<T>
        => TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(bytes), y);

    private void Reverse(Span<byte> bytes)
    {
        switch (ByteSize)
        {
            case 2:
                var pairs = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(pairs, pairs);
                break;
            case 4:
                var fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            default:
                var eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }

    private static NpyFormatException Refused(string descriptor, string what) => new($"Npy: the elements, '{descriptor}', are {what}.");
}
