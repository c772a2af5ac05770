namespace Autograd;

public partial class Tensor
{
    /// <summary>Whether x is false, elementwise; numbers count as true unless they are 0.</summary>
    /// <param name="x">The tensor.</param>
    public static Tensor operator !(Tensor x) => x.LogicalNot();

    /// <summary>Whether x is false, elementwise; numbers count as true unless they are 0.</summary>
    public Tensor LogicalNot() => To(DType.Bool) ^ Full([], true, DType.Bool);

    /// <summary>Whether x is NaN, elementwise.</summary>
    public Tensor IsNaN() => Ne(this);

    /// <summary>Whether x is +∞ or −∞, elementwise.</summary>
    public Tensor IsInfinity() => DType.IsFloatingPoint ? Abs().Eq(double.PositiveInfinity) : ZerosLike(this).To(DType.Bool);

    /// <summary>Whether x is neither infinite nor NaN, elementwise.</summary>
    public Tensor IsFinite() => DType.IsFloatingPoint ? Abs() < double.PositiveInfinity : !ZerosLike(this);
}
