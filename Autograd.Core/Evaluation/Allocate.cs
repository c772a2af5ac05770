namespace Autograd.Evaluation;

/// <summary>Where the memory of new tensors comes from: the only place.</summary>
internal static class Allocate
{
    /// <summary>A row-major tensor whose elements are yet to be written.</summary>
    public static Tensor Tensor(Shape shape, DType dtype)
    {
        var length = shape.ElementCount;
        return new Tensor(
            dtype switch
            {
                DType.Float32 => Memory<float>(length),
                DType.Float64 => Memory<double>(length),
                DType.Int64 => Memory<long>(length),
                _ => Memory<bool>(length),
            },
            shape,
            dtype);
    }

    /// <summary>A row-major tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape, DType dtype)
    {
        var zeros = Tensor(shape, dtype);
        switch (dtype.ByteSize)
        {
            case 1:
                zeros.Elements<byte>().Clear();
                break;
            case 4:
                zeros.Elements<uint>().Clear();
                break;
            default:
                zeros.Elements<ulong>().Clear();
                break;
        }

        return zeros;
    }

    private static object Memory<T>(int length)
        where T : unmanaged
        => length >= Pool.Threshold ? Pool.Rent<T>(length) : GC.AllocateUninitializedArray<T>(length);
}
