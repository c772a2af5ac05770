using System.Buffers.Binary;
using System.Text;

namespace Autograd.Interop;

/// <summary>What an array file of NumPy says before its data: the element type, the order of the elements and the shape
/// (NEP 1, A simple file format for NumPy arrays, versions 1.0 to 3.0).</summary>
/// <param name="Element">The element type.</param>
/// <param name="IsFortranOrder">Whether the first dimension varies fastest.</param>
/// <param name="Shape">The sizes.</param>
internal sealed record NpyHeader(NpyElement Element, bool IsFortranOrder, Shape Shape)
{
    /// <summary>The longest header that is read: that of a plain array has about a hundred bytes.</summary>
    private const int LongestHeader = 1 << 16;

    /// <summary>The data begin at a multiple of this.</summary>
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Bytes of the data behind the header.</summary>
    public long DataLength => (long)Shape.ElementCount * Element.ByteSize;

    /// <summary>Reads a header; the stream then stands at the data.</summary>
    /// <exception cref="NpyFormatException">It is not one, or describes what no tensor can hold.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        ReadExactly(stream, start, "the magic string and the version");
        if (!start[..6].SequenceEqual(Magic))
        {
            throw new NpyFormatException($"Npy: the data do not begin with \\x93NUMPY, but with {Convert.ToHexString(start[..6])}: this is not an array file of NumPy.{(start[0] == 'P' && start[1] == 'K' ? " It looks like an archive: use Npz.Load." : string.Empty)}");
        }

        var (major, minor) = (start[6], start[7]);
        if (major is < 1 or > 3 || minor != 0)
        {
            throw new NpyFormatException($"Npy: version {major}.{minor} of the format; versions 1.0, 2.0 and 3.0 are known.");
        }

        Span<byte> size = stackalloc byte[4];
        size.Clear();
        ReadExactly(stream, major == 1 ? size[..2] : size, "the length of the header");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestHeader)
        {
            throw new NpyFormatException($"Npy: a header of {length} bytes; those of plain arrays have about a hundred, and more than {LongestHeader} are not read.");
        }

        var text = new byte[length];
        ReadExactly(stream, text, "the header");
        return NpyHeaderText.Parse((major < 3 ? Encoding.Latin1 : Encoding.UTF8).GetString(text));
    }

    /// <summary>Writes a header of version 1.0, byte for byte as NumPy does.</summary>
    public void Write(Stream stream)
    {
        var sizes = string.Join(", ", Shape) + (Shape.Rank == 1 ? "," : string.Empty);
        var text = $"{{'descr': '{Element.Descriptor}', 'fortran_order': {(IsFortranOrder ? "True" : "False")}, 'shape': ({sizes}), }}";
        var start = Magic.Length + 4;

        // NumPy leaves room for the first dimension to grow in place, and ends with a newline.
        const int DigitsToGrow = 21;
        var slack = Shape.Rank == 0 ? 0 : DigitsToGrow - Shape[IsFortranOrder ? -1 : 0].ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        text += new string(' ', slack);
        text += new string(' ', Alignment - 1 - ((start + text.Length) % Alignment)) + "\n";
        Span<byte> bytes = stackalloc byte[start];
        Magic.CopyTo(bytes);
        (bytes[6], bytes[7]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[8..], (ushort)text.Length);
        stream.Write(bytes);
        stream.Write(Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Fills a span, or says what ended too early.</summary>
    public static void ReadExactly(Stream stream, Span<byte> bytes, string what)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new NpyFormatException($"Npy: the data end within {what}: {bytes.Length - read} bytes are missing.");
        }
    }
}
