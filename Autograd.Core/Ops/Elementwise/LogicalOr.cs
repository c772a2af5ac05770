namespace Autograd;

/// <summary>Whether either is true, elementwise.</summary>
internal sealed class LogicalOrOp(Tensor a, Tensor b) : Logical(a, b)
{
    internal override void Invoke(Tile a, Tile b, Tile c, Tile y) => TensorPrimitives.BitwiseOr<byte>(a.As<byte>(), b.As<byte>(), y.As<byte>());
}

public partial class Tensor
{
    /// <summary>Whether either is true, elementwise with broadcasting; numbers count as true unless they are 0.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    public static Tensor operator |(Tensor a, Tensor b) => new LogicalOrOp(a, b).Apply();

    /// <summary>Whether either is true, elementwise with broadcasting; numbers count as true unless they are 0.</summary>
    /// <param name="other">The second operand.</param>
    public Tensor LogicalOr(Tensor other) => new LogicalOrOp(this, other).Apply();
}
