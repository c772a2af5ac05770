namespace Autograd;

/// <summary>Whether both are true, elementwise.</summary>
internal sealed class LogicalAndOp(Tensor a, Tensor b) : Logical(a, b)
{
    internal override void Invoke(Tile a, Tile b, Tile c, Tile y) => TensorPrimitives.BitwiseAnd<byte>(a.As<byte>(), b.As<byte>(), y.As<byte>());
}

public partial class Tensor
{
    /// <summary>Whether both are true, elementwise with broadcasting; numbers count as true unless they are 0.</summary>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    public static Tensor operator &(Tensor a, Tensor b) => new LogicalAndOp(a, b).Apply();

    /// <summary>Whether both are true, elementwise with broadcasting; numbers count as true unless they are 0.</summary>
    /// <param name="other">The second operand.</param>
    public Tensor LogicalAnd(Tensor other) => new LogicalAndOp(this, other).Apply();
}
