namespace Autograd;

/// <summary>Whether exactly one is true, elementwise.</summary>
internal sealed class LogicalXorOp(Tensor a, Tensor b) : Logical(a, b)
{
    internal override void Invoke(Tile a, Tile b, Tile c, Tile y) => TensorPrimitives.Xor<byte>(a.As<byte>(), b.As<byte>(), y.As<byte>());
}

public partial class Tensor
{
    /// <summary>Whether exactly one is true, elementwise with broadcasting; numbers count as true unless they are 0.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    public static Tensor operator ^(Tensor a, Tensor b) => new LogicalXorOp(a, b).Apply();

    /// <summary>Whether exactly one is true, elementwise with broadcasting; numbers count as true unless they are 0.</summary>
    /// <param name="other">The second operand.</param>
    public Tensor LogicalXor(Tensor other) => new LogicalXorOp(this, other).Apply();
}
