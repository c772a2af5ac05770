namespace Autograd.Evaluation;

/// <summary>C# numbers as tensors of rank 0. The small whole ones that formulas are full of (1 − y², 2x) are made once.</summary>
internal static class Constants
{
    private const int Largest = 8;

    /// <summary>Numbers that a thread remembers.</summary>
    private const int Remembered = 16;

    private static readonly Tensor[] Float32 = Small(DType.Float32);
    private static readonly Tensor[] Float64 = Small(DType.Float64);
    private static readonly Tensor[] Int64 = Small(DType.Int64);

    [ThreadStatic]
    private static (double Value, Tensor Tensor)[]? recent;

    /// <summary>The number as an operand beside <paramref name="tensor"/>: it never widens the tensor within its category.</summary>
    public static Tensor Like(this Scalar number, Tensor tensor) => Of(number, number.ResultType(tensor.DType));

    /// <summary>The number as a tensor of rank 0.</summary>
    public static Tensor Of(Scalar number, DType dtype)
    {
        var value = number.ToDouble();
        if (dtype != DType.Bool && value is >= -Largest and <= Largest && value == Math.Truncate(value) && !(value == 0 && double.IsNegative(value)))
        {
            var small = dtype switch
            {
                DType.Float32 => Float32,
                DType.Float64 => Float64,
                _ => Int64,
            };
            return small[(int)value + Largest];
        }

        return dtype.IsFloatingPoint ? Recent(value, dtype) : Tensor.Full(Shape.Scalar, number, dtype);
    }

    /// <summary>A number that has been asked for before, as rates and decays are in every step, or a new one.</summary>
    private static Tensor Recent(double value, DType dtype)
    {
        var known = recent ??= new (double, Tensor)[2 * Remembered];
        var hash = (ulong)BitConverter.DoubleToInt64Bits(value) * 0x9E3779B97F4A7C15;
        ref var entry = ref known[(int)(hash >> 60) + (dtype == DType.Float32 ? 0 : Remembered)];
        if (entry.Tensor is null || BitConverter.DoubleToInt64Bits(entry.Value) != BitConverter.DoubleToInt64Bits(value))
        {
            // Not from the pool: it outlives any backward pass.
            Array memory = dtype == DType.Float32 ? new[] { (float)value } : new[] { value };
            entry = (value, new Tensor(memory, Shape.Scalar, dtype));
        }

        return entry.Tensor;
    }

    private static Tensor[] Small(DType dtype)
    {
        var tensors = new Tensor[(2 * Largest) + 1];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = Tensor.Full(Shape.Scalar, i - Largest, dtype);
        }

        return tensors;
    }
}
