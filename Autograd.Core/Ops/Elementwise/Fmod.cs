namespace Autograd;

/// <summary>y = a − b·trunc(a/b), elementwise. dy/da = 1, dy/db = −trunc(a/b).</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Domain = Domain.Quotient)]
internal sealed class FmodOp : BinaryArithmetic
{
    public FmodOp(Tensor a, Tensor b)
        : base(a, b)
        => b.RequireNoWholeZero(DType, Name);

    public override int Cost => 40;

    public override Reads Reads => Needs(1) ? Reads.First | Reads.Second : Reads.Nothing;

    private protected override void Run<T>(Tile a, Tile b, Tile y) => Kernels.Division.Remainder<T>(a.As<T>(), b.As<T>(), y.As<T>());

    protected override Tensor VjpA(Tensor grad) => grad;

    protected override Tensor VjpB(Tensor grad) => -(grad * (A.Detach() / B.Detach()).Trunc());
}

public partial class Tensor
{
    /// <summary>The exact rest of the division towards zero, x − other·trunc(x/other), elementwise with broadcasting: it has x's sign, as <c>%</c> of two C# numbers
    /// (<see cref="Remainder(Tensor)"/> has the other's). NaN where other is 0 or x infinite. dy/dx = 1, dy/dother = −trunc(x/other).</summary>
    /// <param name="other">The divisors.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DivideByZeroException">Both are whole numbers and a divisor is 0.</exception>
    public Tensor Fmod(Tensor other) => new FmodOp(this, other).Apply();

    /// <summary>The exact rest of the division towards zero, x − other·trunc(x/other), elementwise: it has x's sign.</summary>
    /// <param name="other">The divisor.</param>
    /// <exception cref="DivideByZeroException">Both are whole numbers and the divisor is 0.</exception>
    public Tensor Fmod(Scalar other) => Fmod(other.Like(this));

    /// <summary>Checks, for an operation in whole numbers, that no divisor is 0: there is no number for it.</summary>
    internal void RequireNoWholeZero(DType common, string operation)
    {
        if (common == DType.Int64 && Eq(0).Any().Item<bool>())
        {
            throw new DivideByZeroException($"{operation}: a divisor is 0, and whole numbers have no NaN or infinity. Convert first: x.To(DType.Float32).");
        }
    }
}
