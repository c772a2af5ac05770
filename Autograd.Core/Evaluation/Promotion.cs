namespace Autograd.Evaluation;

/// <summary>The element type in which an operation on several tensors computes: bool &lt; int &lt; float, the wider wins.</summary>
internal static class Promotion
{
    /// <summary>A type with arithmetic: Int64 for booleans, else the wider one.</summary>
    public static DType Number(Tensor a) => DTypes.Promote(a.DType, DType.Int64);

    public static DType Number(Tensor a, Tensor b) => DTypes.Promote(Wider(a, b), DType.Int64);

    /// <summary>A floating-point type: the wider one, or the default for integers and booleans.</summary>
    public static DType FloatingPoint(Tensor a) => a.DType.ToFloatingPoint();

    public static DType FloatingPoint(Tensor a, Tensor b) => Wider(a, b).ToFloatingPoint();

    /// <summary>Whether both are Bool.</summary>
    public static bool AreBool(Tensor a, Tensor b) => Wider(a, b) == DType.Bool;

    // Every binary operation asks here first, so this is where a missing operand is found.
    private static DType Wider(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return DTypes.Promote(a.DType, b.DType);
    }
}
