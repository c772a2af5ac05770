namespace Autograd;

/// <summary>y = a where the condition holds, else b, elementwise. The gradient goes to the one that was chosen.</summary>
[GradientTest("3x2?, 3x2, 3x2", "2?, 3x1, ()", "3x2?, (), 2", "3?, 0x3, 3")]
internal sealed class WhereOp : Elementwise
{
    private Operand condition;
    private Operand a;
    private Operand b;

    public WhereOp(Tensor condition, Tensor a, Tensor b)
        : base(DTypes.Promote(a.DType, b.DType))
    {
        if (condition.DType != DType.Bool)
        {
            throw new DTypeException($"Where: the condition must be a Bool tensor, not {condition.DType}. Compare it with something (x > 0) or convert it: x.To(DType.Bool).");
        }

        this.condition = new Operand(condition);
        this.a = new Operand(a, DType);
        this.b = new Operand(b, DType);
        var values = Shape.TryBroadcast(a.Shape, b.Shape) ?? throw Shape.NotBroadcastable(a.Shape, b.Shape, Name);
        Shape = Shape.TryBroadcast(condition.Shape, values) ?? throw Shape.NotBroadcastable(condition.Shape, values, Name);
    }

    public override int InputCount => 3;

    public override Reads Reads => Reads.First;

    public override ref Operand Input(int index)
    {
        switch (index)
        {
            case 0:
                return ref condition;
            case 1:
                return ref a;
            default:
                return ref b;
        }
    }

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[1] = Needs(1) ? Tensor.Where(ValueOf(0), grad, 0) : null;
        gradients[2] = Needs(2) ? Tensor.Where(ValueOf(0), 0, grad) : null;
    }

    internal override LaneMethod? Lanes => LaneMethod.Choice;

    internal override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        switch (DType.ByteSize)
        {
            case 1:
                Kernels.Selection.Select(a.As<bool>(), b.As<byte>(), c.As<byte>(), y.As<byte>());
                break;
            case 4:
                Kernels.Selection.Select(a.As<bool>(), b.As<uint>(), c.As<uint>(), y.As<uint>());
                break;
            default:
                Kernels.Selection.Select(a.As<bool>(), b.As<ulong>(), c.As<ulong>(), y.As<ulong>());
                break;
        }
    }
}

public partial class Tensor
{
    /// <summary><paramref name="a"/> where <paramref name="condition"/> holds, else <paramref name="b"/>, elementwise with broadcasting. The gradient goes to the one that was chosen.</summary>
    /// <param name="condition">A Bool tensor.</param>
    /// <param name="a">The values where it is true.</param>
    /// <param name="b">The values where it is false.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The condition is not Bool.</exception>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b) => new WhereOp(condition, a, b).Apply();

    /// <summary><paramref name="a"/> where <paramref name="condition"/> holds, else <paramref name="b"/>, elementwise with broadcasting.</summary>
    /// <param name="condition">A Bool tensor.</param>
    /// <param name="a">The values where it is true.</param>
    /// <param name="b">The number where it is false.</param>
    public static Tensor Where(Tensor condition, Tensor a, Scalar b) => Where(condition, a, b.Like(a));

    /// <summary><paramref name="a"/> where <paramref name="condition"/> holds, else <paramref name="b"/>, elementwise with broadcasting.</summary>
    /// <param name="condition">A Bool tensor.</param>
    /// <param name="a">The number where it is true.</param>
    /// <param name="b">The values where it is false.</param>
    public static Tensor Where(Tensor condition, Scalar a, Tensor b) => Where(condition, a.Like(b), b);

    /// <summary>One of two numbers where <paramref name="condition"/> holds and the other where it does not. Whole numbers give Int64, truth values Bool, others the default floating-point type.</summary>
    /// <param name="condition">A Bool tensor.</param>
    /// <param name="a">The number where it is true.</param>
    /// <param name="b">The number where it is false.</param>
    /// <exception cref="DTypeException">The condition is not Bool.</exception>
    public static Tensor Where(Tensor condition, Scalar a, Scalar b)
    {
        var dtype = DTypes.Promote(a.ResultType(DType.Bool), b.ResultType(DType.Bool));
        return Where(condition, Constants.Of(a, dtype), Constants.Of(b, dtype));
    }

    /// <summary>This tensor with <paramref name="value"/> wherever <paramref name="mask"/> holds; its gradient is 0 there.</summary>
    /// <param name="mask">A Bool tensor that broadcasts to this one's shape.</param>
    /// <param name="value">The number to fill in.</param>
    public Tensor MaskedFill(Tensor mask, Scalar value) => Where(mask, value, this);

    /// <summary>This tensor with <paramref name="value"/>, a tensor of rank 0, wherever <paramref name="mask"/> holds.</summary>
    /// <param name="mask">A Bool tensor that broadcasts to this one's shape.</param>
    /// <param name="value">The number to fill in, as a tensor; the gradient of the filled places flows to it.</param>
    public Tensor MaskedFill(Tensor mask, Tensor value) => Where(mask, value, this);
}
