using System.Buffers.Binary;

namespace Autograd.NN;

/// <summary>The format of MNIST and its relatives: a tensor of numbers, big-endian, with a header of its sizes (LeCun, Cortes, Burges 1998).</summary>
public static class Idx
{
    /// <summary>Reads a file; one that ends in .gz is unpacked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dtype">The element type of the tensor; left out, Int64 for a vector of whole numbers, such as labels, and Float32 for everything else, such as images of 0 to 255.</param>
    /// <exception cref="DataException">It is not an IDX file, or damaged.</exception>
    public static Tensor Read(string path, DType? dtype = null)
    {
        var bytes = DataFile.ReadAll(path);
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0 || bytes[3] is 0 or > 8 || bytes.Length < 4 + (4 * bytes[3]))
        {
            throw new DataException($"{path}: not an IDX file: it begins with {Convert.ToHexString(bytes.AsSpan(0, Math.Min(4, bytes.Length)))}, not with 0000, a type and a rank.");
        }

        var shape = new int[bytes[3]];
        var (count, size) = (1L, SizeOf(bytes[2], path));
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * i)));
            count = shape[i] < 0 || count > int.MaxValue ? long.MaxValue / int.MaxValue : count * shape[i];
        }

        var data = bytes.AsSpan(4 + (4 * shape.Length));
        if (count * size != data.Length)
        {
            throw new DataException($"{path}: the header says {string.Join("×", shape)} numbers of {size} bytes, but {data.Length} bytes follow it.");
        }

        var values = new double[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value(bytes[2], data[(i * size)..]);
        }

        var isFraction = bytes[2] is 0x0D or 0x0E;
        return Tensor.From(values, shape).To(dtype ?? (shape.Length == 1 && !isFraction ? DType.Int64 : DType.Float32));
    }

    private static int SizeOf(byte type, string path) => type switch
    {
        0x08 or 0x09 => 1,
        0x0B => 2,
        0x0C or 0x0D => 4,
        0x0E => 8,
        _ => throw new DataException($"{path}: an IDX file of an unknown element type, 0x{type:X2}."),
    };

    private static double Value(byte type, ReadOnlySpan<byte> data) => type switch
    {
        0x08 => data[0],
        0x09 => (sbyte)data[0],
        0x0B => BinaryPrimitives.ReadInt16BigEndian(data),
        0x0C => BinaryPrimitives.ReadInt32BigEndian(data),
        0x0D => BinaryPrimitives.ReadSingleBigEndian(data),
        _ => BinaryPrimitives.ReadDoubleBigEndian(data),
    };
}
