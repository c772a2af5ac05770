namespace Autograd.Evaluation;

/// <summary>C# numbers as tensors of rank 0. The small whole ones that formulas are full of (1 − y², 2x) are made once.</summary>
internal static class Constants
{
    private const int Largest = 8;

    private static readonly Tensor[] Float32 = Small(DType.Float32);
    private static readonly Tensor[] Float64 = Small(DType.Float64);
    private static readonly Tensor[] Int64 = Small(DType.Int64);

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

        return Tensor.Full(Shape.Scalar, number, dtype);
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
