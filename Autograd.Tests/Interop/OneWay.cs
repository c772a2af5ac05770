namespace Autograd.Tests.Interop;

/// <summary>A stream that cannot seek, does not know its length, and gives little at a time, like one from a network.</summary>
internal sealed class OneWay(byte[] data) : MemoryStream(data)
{
    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1000)]);
}
