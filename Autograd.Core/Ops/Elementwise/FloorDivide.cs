namespace Autograd;

/// <summary>y = ⌊a/b⌋, elementwise. Its derivatives are 0.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Domain = Domain.Quotient)]
internal sealed class FloorDivideOp : BinaryArithmetic
{
    public FloorDivideOp(Tensor a, Tensor b)
        : base(a, b)
        => b.RequireNoWholeZero(DType, Name);

    public override int Cost => 60;

    private protected override void Run<T>(Tile a, Tile b, Tile y) => Kernels.Division.Floor<T>(a.As<T>(), b.As<T>(), y.As<T>());

    protected override Tensor VjpA(Tensor grad) => Tensor.ZerosLike(grad);

    protected override Tensor VjpB(Tensor grad) => Tensor.ZerosLike(grad);
}

public partial class Tensor
{
    /// <summary>⌊x/other⌋, elementwise with broadcasting, such that x = y·other + x % other (rounded only once: ⌊1/0.1⌋ is 9, since 0.1 is a little more than a tenth).
    /// Of whole numbers it is whole; of others ±∞ or NaN where other is 0. Its derivatives are 0.</summary>
    /// <param name="other">The divisors.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DivideByZeroException">Both are whole numbers and a divisor is 0.</exception>
    public Tensor FloorDivide(Tensor other) => new FloorDivideOp(this, other).Apply();

    /// <summary>⌊x/other⌋, elementwise, such that x = y·other + x % other.</summary>
    /// <param name="other">The divisor.</param>
    /// <exception cref="DivideByZeroException">Both are whole numbers and the divisor is 0.</exception>
    public Tensor FloorDivide(Scalar other) => FloorDivide(other.Like(this));
}
